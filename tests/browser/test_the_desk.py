"""The desk itself: its panes, its keys, and what an agent can do without letting go of the keyboard."""

import itertools
import re

from playwright.sync_api import expect

from tests.browser.make import Stage


def test_three_panes_stand_on_a_small_notebook_without_scrolling_sideways(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，三栏都在吗")
    li.opens("三栏都在吗")
    region = li.page.get_by_role("region", name="会话列表")
    panes = [
        region,
        li.page.get_by_role("region", name="对话"),
        li.page.get_by_role("complementary"),
    ]
    boxes = [pane.bounding_box() for pane in panes]
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert len(edges) == 3
    assert all(right <= left + 1 for (_, right), (left, _) in itertools.pairwise(edges))
    assert edges[-1][1] == 1366
    assert li.page.evaluate("document.documentElement.scrollWidth") == 1366


def test_a_phone_shows_list_then_thread_then_panel(stage: Stage) -> None:
    wang, zhang = stage.consumer(), stage.desk("lao_zhang", phone=True)
    wang.says("转人工，在手机上看看")
    zhang.row("在手机上看看").tap()
    zhang.sees("在手机上看看")
    expect(zhang.page.get_by_role("region", name="会话列表")).to_have_count(0)
    zhang.page.get_by_role("button", name="消费者", exact=True).tap()
    expect(zhang.page.get_by_role("region", name="订单与物流")).to_be_visible()
    expect(zhang.thread).to_have_count(0)
    zhang.page.go_back()
    zhang.page.get_by_role("button", name="返回").tap()
    expect(zhang.row("在手机上看看")).to_be_visible()
    assert zhang.page.evaluate("document.documentElement.scrollWidth") == 390


def test_everything_is_reached_without_a_mouse(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，全键盘")
    expect(li.row("全键盘")).to_be_visible()
    for _ in range(30):
        li.page.keyboard.press("Tab")
        if li.page.evaluate("document.activeElement.role") == "listbox":
            break
    for _ in range(30):
        li.page.keyboard.press("ArrowDown")
        if li.row("全键盘").get_attribute("aria-selected") == "true":
            break
    expect(li.thread).to_contain_text("全键盘")
    li.page.keyboard.press("Alt+l")
    li.page.keyboard.type("没碰鼠标")
    li.page.keyboard.press("Enter")
    wang.sees("没碰鼠标")
    li.page.keyboard.press("Alt+q")
    expect(wang.chat.get_by_text("会话已结束")).to_be_visible(timeout=10_000)


def test_closing_can_be_taken_back(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，别急着结束")
    li.opens("别急着结束")
    li.replies("还有什么可以帮您")
    li.page.keyboard.press("Alt+q")
    li.page.get_by_role("button", name="撤销").click()
    # What is still to be done is done when the page goes: after an undo there is nothing.
    li.page.reload()
    expect(li.page.get_by_text("我在接待")).to_be_visible()
    li.page.keyboard.press("Alt+q")
    expect(li.page.get_by_role("button", name="撤销")).to_be_visible()
    li.page.reload()
    expect(li.page.get_by_text("会话已结束，消费者再来会开新会话")).to_be_visible()


def test_a_guess_is_put_right_with_one_key(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，你们可真行啊")
    li.opens("你们可真行啊")
    li.thread.focus()
    picker = li.page.get_by_role("dialog", name="修正识别").get_by_role("textbox")
    li.page.keyboard.press("e")
    expect(picker).to_be_focused()
    li.page.keyboard.press("5")
    right = li.said("你们可真行啊").locator(".guess-right")
    expect(right).to_contain_text("愤怒")
    li.page.keyboard.press("e")
    expect(picker).to_be_focused()
    li.page.keyboard.type("wlyc")
    found = li.page.get_by_role("option", name="物流延迟 问题")
    expect(found).to_have_attribute("aria-selected", "true")
    with li.page.expect_response("**/correction") as answer:
        li.page.keyboard.press("Enter")
    assert answer.value.ok, answer.value.text()
    expect(right).to_contain_text("物流延迟")


def test_whoever_steps_away_says_so(stage: Stage) -> None:
    li = stage.desk()
    for now, after in (("在线", "小休"), ("小休", "在线")):
        li.page.get_by_role("button", name="我的状态").click()
        li.page.get_by_role("menuitem", name=after).click()
        expect(li.page.get_by_role("button", name="我的状态")).to_contain_text(after)
        assert now != after


def test_search_is_done_by_keyboard_alone(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，紫色的杯子到了吗")
    other = stage.consumer()
    other.says("转人工，别的事情")
    expect(li.row("紫色的杯子")).to_be_visible()
    expect(li.row("别的事情")).to_be_visible()
    li.page.keyboard.press("Alt+s")
    li.page.keyboard.type("紫色的杯子")
    expect(li.row("别的事情")).to_have_count(0)
    li.page.keyboard.press("ArrowDown")
    li.page.keyboard.press("Enter")
    expect(li.thread).to_contain_text("紫色的杯子")
    li.page.keyboard.press("Escape")
    expect(li.row("别的事情")).to_be_visible()
    expect(li.row("紫色的杯子")).to_have_attribute("aria-selected", "true")


def test_closing_over_an_unanswered_question_asks_and_new_words_withdraw_it(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("转人工，我的杯子什么时候到")
    li.opens("什么时候到")
    expect(li.page.locator(".thread-head").get_by_role("timer")).to_have_text(re.compile("^剩 "))
    li.page.keyboard.press("Alt+q")
    asked = li.page.get_by_role("dialog").filter(has_text="还没有人回复")
    expect(asked).to_be_visible()
    asked.get_by_role("button", name="取消").click()
    li.replies("明天到")
    li.page.keyboard.press("Alt+q")
    expect(li.page.get_by_role("button", name="撤销")).to_be_visible()
    wang.says("等等，我还有一个问题")
    expect(li.page.get_by_text("“会话已结束”已撤回")).to_be_visible()
    expect(li.page.get_by_text("我在接待")).to_be_visible()


def test_suggestions_step_back_once_they_are_answered(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("叫人工来，七天无理由怎么算的，明天算不算")
    li.opens("明天算不算")
    strip = li.page.get_by_role("toolbar", name="推荐话术")
    expect(strip).to_contain_text("签收第二天")
    li.page.keyboard.press("Alt+1")
    expect(li.area).to_have_value(re.compile("签收第二天"))
    li.page.keyboard.press("Enter")
    expect(strip).to_contain_text("已回复")
    li.page.keyboard.press("Alt+1")
    expect(li.area).to_have_value("")


def test_changed_rules_are_not_thrown_away_silently(stage: Stage) -> None:
    zhang = stage.desk("lao_zhang", at="/strategy").page
    asks = zhang.get_by_role("switch", name="消费者要求转人工")
    expect(asks).to_be_checked()
    asks.click()
    zhang.get_by_role("link", name="接待").click()
    asked = zhang.get_by_role("dialog").filter(has_text="改动还没有保存")
    asked.get_by_role("button", name="留下").click()
    expect(asks).not_to_be_checked()
    zhang.get_by_role("link", name="接待").click()
    asked.get_by_role("button", name="放弃改动").click()
    expect(zhang.get_by_role("tab", name="待接")).to_be_visible()
    zhang.go_back()
    expect(asks).to_be_checked()
