"""A consumer on a phone and an agent at a desk: what one says the other sees, at once."""

import io
import os
import re

from PIL import Image
from playwright.sync_api import expect

from tests.browser.make import Stage


def test_the_machine_answers_a_consumer_on_a_foreign_shop_page(stage: Stage) -> None:
    wang = stage.consumer()
    wang.says("请问包邮吗")
    answer = wang.said("59 元包邮")
    expect(answer).to_be_visible()
    expect(answer.get_by_text("AI", exact=True)).to_be_visible()
    li = stage.desk()
    li.opens("59 元包邮")
    expect(li.said("59 元包邮").get_by_role("button", name="来源: 运费与包邮门槛")).to_be_visible()


def test_who_asks_for_a_person_alerts_the_desk_within_a_second_and_sees_the_queue(
    stage: Stage,
) -> None:
    li = stage.desk()
    expect(li.page.get_by_role("tab", name="待接")).to_be_visible()
    wang = stage.consumer()
    wang.says("在吗，我的单子有点问题")
    wang.chat.get_by_role("button", name="转人工").tap()
    expect(li.page.get_by_role("status").filter(has_text="需要人工").first).to_be_visible()
    expect(wang.standing()).to_contain_text("正在转人工")
    frame = wang.page.frames[1]
    took = li.page.evaluate("window.alertedAt") - frame.evaluate("window.clickedAt")
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert took <= (3000 if busy else 1000)


def test_an_agent_edits_a_suggestion_and_the_consumer_reads_it(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("叫人工来，七天无理由怎么算的，今天算不算")
    li.opens("七天无理由怎么算的")
    expect(li.page.get_by_role("toolbar", name="推荐话术")).to_contain_text("签收第二天")
    li.page.keyboard.press("Alt+1")
    expect(li.area).to_have_value(re.compile("签收第二天"))
    li.page.keyboard.press("Control+End")
    li.page.keyboard.type("（小李亲自核对过）")
    expect(wang.standing()).to_contain_text("正在输入")
    li.page.keyboard.press("Enter")
    wang.sees("小李亲自核对过")
    expect(li.said("小李亲自核对过")).to_contain_text("已读")
    wang.field.press_sequentially("好的谢谢你啦", delay=500)
    expect(li.page.get_by_text("对方正在输入…")).to_be_visible()


def test_a_picture_is_shown_and_never_ignored(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    wang.says("你们看看这个")
    photograph = io.BytesIO()
    Image.new("RGB", (120, 80), "#c81e28").save(photograph, "PNG")
    picture = {"name": "坏了.png", "mimeType": "image/png", "buffer": photograph.getvalue()}
    wang.chat.locator("input[type=file]").first.set_input_files(picture)  # type: ignore[arg-type]
    wang.chat.get_by_role("button", name="发送", exact=True).tap()
    li.page.get_by_role("tab", name="待接").click()
    li.opens("[图片]")
    shown = li.thread.get_by_role("img", name="图片")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", 120)


def test_the_second_agent_is_told_who_holds_the_pen_and_may_take_it(stage: Stage) -> None:
    wang, li, chen = stage.consumer(), stage.desk("xiaoli"), stage.desk("xiaochen")
    wang.says("转人工，想改一下送货时间")
    li.opens("想改一下送货时间")
    li.replies("我来帮您改")
    chen.opens("我来帮您改")
    expect(chen.page.get_by_text("小李 正在接待。接管后才能回复")).to_be_visible()
    chen.page.get_by_role("button", name="从同事手上接管").click()
    chen.replies("小陈继续为您服务")
    wang.sees("小陈继续为您服务")
    expect(li.page.get_by_text("小陈 正在接待。接管后才能回复")).to_be_visible()


def test_a_private_note_never_reaches_the_consumer(stage: Stage) -> None:
    wang, li, chen = stage.consumer(), stage.desk("xiaoli"), stage.desk("xiaochen")
    wang.says("转人工，上次的事怎么样了")
    li.opens("上次的事怎么样了")
    li.page.keyboard.press("Alt+p")
    li.page.keyboard.type("这位先别补偿，等老张回话")
    li.page.keyboard.press("Enter")
    chen.opens("上次的事怎么样了")
    chen.sees("这位先别补偿")
    li.page.keyboard.press("Alt+l")
    li.replies("正在核实，请稍等")
    wang.sees("正在核实，请稍等")
    wang.page.reload()
    wang.opens()
    wang.sees("正在核实，请稍等")
    expect(wang.said("先别补偿")).to_have_count(0)


def test_script_in_a_message_stays_words_on_both_sides(stage: Stage) -> None:
    evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[a](javascript:hacked=1)'
    wang, li = stage.consumer(), stage.desk()
    wang.says(f"转人工 {evil}")
    li.opens("转人工 <img")
    li.sees(evil)
    li.replies(f"收到 {evil}")
    wang.sees(f"收到 {evil}")
    frames = [*wang.page.frames, *li.page.frames]
    assert [frame.evaluate("window.hacked") for frame in frames] == [None] * len(frames)
