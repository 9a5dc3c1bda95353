"""Reloads, power cuts and dead networks: what was written stays, and arrives once."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.make import Stage, compose, posts


def test_both_sides_reload_and_have_everything(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，第一句话")
    li.opens("第一句话")
    li.replies("收到第一句")
    li.area.fill("写到一半的回复")
    wang.sees("收到第一句")
    wang.writes("写到一半的问题")
    wang.page.reload()
    li.page.reload()
    wang.opens()
    for side in (wang, li):
        side.sees("第一句话")
        side.sees("收到第一句")
    expect(wang.field).to_have_value("写到一半的问题")
    expect(li.area).to_have_value("写到一半的回复")


def test_a_power_cut_in_the_middle_of_typing_costs_no_word(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，断电之前")
    li.opens("断电之前")
    li.area.fill("断电时正在写")
    stage.house.server.kill()
    wang.writes("断电期间发的")
    wang.field.press("Enter")
    expect(li.page.get_by_text("连接断开，正在重连")).to_be_visible()
    stage.house.server.start()
    expect(li.said("断电期间发的")).to_have_count(1, timeout=20_000)
    expect(li.area).to_have_value("断电时正在写")
    li.area.press("Enter")
    wang.sees("断电时正在写")
    li.page.reload()
    expect(li.said("断电期间发的")).to_have_count(1)
    expect(li.said("断电时正在写")).to_have_count(1)


def test_words_written_offline_go_out_once_when_the_network_is_back(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，马上进电梯")
    li.opens("马上进电梯")
    wang.page.context.set_offline(offline=True)
    wang.says("电梯里发的")
    expect(wang.said("电梯里发的")).to_contain_text("等待网络")
    wang.page.context.set_offline(offline=False)
    expect(li.said("电梯里发的")).to_have_count(1)
    li.page.context.set_offline(offline=True)
    li.replies("我这边也断网了")
    expect(li.said("我这边也断网了")).to_contain_text("没发出去")
    li.page.context.set_offline(offline=False)
    li.page.get_by_role("button", name="重发").click()
    wang.sees("我这边也断网了")
    expect(li.said("我这边也断网了")).to_have_count(1)


def test_words_said_before_the_shop_has_answered_arrive(stage: Stage) -> None:
    held: list[Route] = []

    def hold(page: Page) -> None:
        page.route("**/visit", lambda route: held.append(route))  # noqa: PLW0108 - Playwright needs a function

    wang = stage.consumer(before=hold)
    wang.says("转人工，网太慢了")
    for route in held:
        route.continue_()
    li = stage.desk()
    li.opens("网太慢了")
    li.sees("网太慢了")


@pytest.mark.parametrize("side", ["consumer", "agent"])
def test_enter_while_an_input_method_composes_sends_nothing(stage: Stage, side: str) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says(f"转人工，打字 {side}")
    li.opens(f"打字 {side}")
    page, area = (wang.page, wang.field) if side == "consumer" else (li.page, li.area)
    area.focus()
    sent = posts(page)
    compose(page, "nihao")
    expect(area).to_have_value("nihao")
    assert [request.url for request in sent if "read" not in request.url] == []
    finish(page, "你好")
    area.press("Enter")
    (li if side == "consumer" else wang).sees("你好")


def finish(page: Page, text: str) -> None:
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.insertText", {"text": text})
    keyboard.detach()
