"""The widget in the shop's page: pictures that cannot be sent, and what a reload leaves as it was."""

import io
import os
import re

from PIL import Image
from playwright.sync_api import FilePayload, Route, expect

from tests.browser.make import DESK, PHONE, Consumer, Stage


def _good() -> FilePayload:
    photograph = io.BytesIO()
    Image.new("RGB", (120, 80), "#1e28c8").save(photograph, "PNG")
    return {"name": "好的.png", "mimeType": "image/png", "buffer": photograph.getvalue()}


BROKEN: FilePayload = {"name": "坏.png", "mimeType": "image/png", "buffer": b"not a picture" * 40}


def _attach(wang: Consumer, *files: FilePayload) -> None:
    wang.chat.locator("input[type=file]").first.set_input_files(list(files))


def test_a_picture_that_cannot_be_read_says_so_and_the_good_one_goes(stage: Stage) -> None:
    wang, li = stage.consumer(), stage.desk()
    _attach(wang, BROKEN, _good())
    tray = wang.chat.locator(".tray li")
    expect(tray).to_have_count(2)
    expect(tray.first.get_by_role("alert")).to_contain_text("无法识别的图片")
    expect(tray.first.get_by_role("img")).to_have_count(0)
    wang.chat.get_by_role("button", name="发送", exact=True).tap()
    expect(tray).to_have_count(1)
    li.opens("[图片]")
    expect(li.thread.get_by_role("img", name="图片")).to_have_count(1)
    send = wang.chat.get_by_role("button", name="发送", exact=True)
    expect(send).to_be_disabled()
    tray.get_by_role("button", name="移除图片").tap()
    expect(tray).to_have_count(0)


def test_a_picture_that_is_too_large_says_so_at_once(stage: Stage) -> None:
    wang = stage.consumer()
    noise: FilePayload = {
        "name": "大.png",
        "mimeType": "image/png",
        "buffer": os.urandom(12_500_000),
    }
    _attach(wang, noise)
    expect(wang.chat.locator(".tray").get_by_role("alert")).to_have_text("图片不能超过 12 MB")
    expect(wang.chat.get_by_role("button", name="发送", exact=True)).to_be_disabled()


def test_a_refusal_after_sending_is_said_and_holds_nothing_back(stage: Stage) -> None:
    wang = stage.consumer()
    # The upload is still under way when the message is sent.
    held: list[Route] = []
    wang.page.route("**/api/widget/files", lambda route: held.append(route))  # noqa: PLW0108
    wang.writes("看看这张")
    _attach(wang, BROKEN)
    expect(wang.chat.locator(".tray li")).to_have_count(1)
    wang.chat.get_by_role("button", name="发送", exact=True).tap()
    wang.says("后面这句先到")
    expect(wang.said("看看这张")).to_contain_text("发送中")
    for route in held:
        route.continue_()
    expect(wang.chat.get_by_role("alert")).to_contain_text("未发送 · 无法识别的图片")
    expect(wang.said("看看这张")).not_to_contain_text("发送中")
    wang.chat.get_by_role("button", name="删除").tap()
    expect(wang.chat.get_by_role("alert")).to_have_count(0)


def test_a_reload_keeps_the_chat_open_and_closing_keeps_it_closed(stage: Stage) -> None:
    wang = stage.consumer()
    wang.says("刷新以后还在吗")
    wang.page.reload()
    wang.sees("刷新以后还在吗")
    wang.chat.get_by_role("button", name="收起").tap()
    expect(wang.field).to_be_hidden()
    wang.page.reload()
    expect(wang.page.get_by_role("button", name=re.compile("联系客服"))).to_be_visible()
    expect(wang.field).to_be_hidden()


def test_the_try_page_leaves_room_for_the_launcher_and_speaks_english(stage: Stage) -> None:
    page = stage.context(PHONE, phone=True).new_page()
    page.goto(f"{stage.house.address}/widget/try?shop=tmall")
    launcher = page.locator("button.button")
    expect(launcher).to_be_visible()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    last = page.get_by_role("button", name="咨询客服").last.bounding_box()
    round_one = launcher.bounding_box()
    assert last
    assert round_one
    assert last["y"] + last["height"] < round_one["y"]
    abroad = stage.context(DESK, language="en-GB").new_page()
    abroad.goto(f"{stage.house.address}/widget/try?shop=tmall")
    expect(abroad.get_by_role("heading", name="Quiet blender")).to_be_visible()
    expect(abroad.get_by_text("cleans itself")).to_be_visible()
    expect(abroad).to_have_title(re.compile("Try it"))
