"""Who may come in, what they see, and what a lead's rules do."""

from pathlib import Path

from playwright.sync_api import expect

from benchmarks.house import Server, free_port
from tests.browser.make import DESK, PASSWORD, Stage


def test_a_lead_changes_the_strategy_and_the_machine_obeys(stage: Stage) -> None:
    zhang, li = stage.desk("lao_zhang", at="/strategy"), stage.desk()
    wang = stage.consumer()
    choose = zhang.page.get_by_role("radio", name="只给建议")
    choose.check()
    zhang.page.get_by_role("button", name="保存并生效").click()
    expect(zhang.page.get_by_text("已生效")).to_be_visible()
    wang.says("请问下你家包邮吗")
    li.opens("请问下你家包邮吗")
    expect(li.page.get_by_role("toolbar", name="推荐话术")).to_contain_text("59 元包邮")
    expect(wang.said("59 元包邮")).to_have_count(0)
    zhang.page.get_by_role("radio", name="AI 先接待").check()
    zhang.page.get_by_role("button", name="保存并生效").click()
    expect(zhang.page.get_by_role("button", name="保存并生效")).to_be_hidden()


def test_a_wrong_password_is_told_and_the_right_one_opens_the_desk(stage: Stage) -> None:
    page = stage.context(DESK).new_page()
    page.goto(f"{stage.house.address}/knowledge")
    page.get_by_label("登录名").fill("xiaoli")
    page.get_by_label("密码").fill("certainly wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("密码")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{stage.house.address}/knowledge")


def test_an_agent_of_another_shop_sees_nothing_of_it(stage: Stage) -> None:
    wang, li, stranger = stage.consumer(), stage.desk(), stage.desk("luren")
    wang.says("转人工，只给天猫店看")
    li.opens("只给天猫店看")
    expect(stranger.page.get_by_text("还没有会话")).to_be_visible()
    stranger.page.goto(li.page.url)
    expect(stranger.page.get_by_text("只给天猫店看")).to_have_count(0)
    expect(stranger.page.get_by_role("log")).to_have_count(0)


def test_the_first_visit_sets_up_a_company(stage: Stage, tmp_path: Path) -> None:
    server = Server(tmp_path / "new", free_port())
    server.start()
    try:
        page = stage.context(DESK).new_page()
        page.goto(f"http://127.0.0.1:{server.port}")
        for label, words in {
            "公司名称": "山里", "第一家店铺": "山里小店", "你的称呼": "阿山",
            "登录名": "ashan", "密码": PASSWORD,
        }.items():  # fmt: skip
            page.get_by_label(label).fill(words)
        page.get_by_role("button", name="开始使用").click()
        expect(page.get_by_role("tab", name="待接")).to_be_visible()
        expect(page.get_by_text("把网站挂件装到店铺里")).to_be_visible()
    finally:
        server.stop()
