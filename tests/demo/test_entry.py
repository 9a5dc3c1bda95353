"""Coming into the demo: as one of the team with one click, or as a consumer."""

from diji.demo import DemoHome
from diji.foundation import Warehouse
from tests.demo.make import playing

Empty = tuple[Warehouse, DemoHome]


async def test_one_click_signs_in(empty: Empty) -> None:
    async with playing(*empty) as demo:
        people = (await demo.http.get("/api/demo/people")).json()
        assert [p["name"] for p in people] == ["小李", "小陈", "小周", "老张", "阿敏", "管理员"]
        entered = await demo.http.post("/api/demo/enter", json={"memberId": people[0]["id"]})
        me = (await demo.http.get("/api/me")).json()
    assert entered.status_code == 204
    assert me["name"] == "小李"
    assert {shop["id"] for shop in me["shops"]} == {"tmall", "jd"}


async def test_the_first_page_knows_that_this_is_a_demo(empty: Empty) -> None:
    async with playing(*empty) as demo:
        welcome = (await demo.http.get("/api/welcome")).json()
        state = (await demo.http.get("/api/demo/state")).json()
    assert welcome == {"setUp": True, "oneClick": True, "company": "岚里生活"}
    assert state["done"] == 0
    assert state["total"] > 5000


async def test_a_public_demo_asks_for_the_printed_password(empty: Empty) -> None:
    async with playing(*empty, public=True, address="198.51.100.7") as demo:
        right = demo.stage.password
        words = {"memberId": "laozhang"}
        without = await demo.http.post("/api/demo/enter", json=words)
        wrong = await demo.http.post("/api/demo/enter", json={**words, "password": "老张"})
        entered = await demo.http.post("/api/demo/enter", json={**words, "password": right})
    assert [without.status_code, wrong.status_code, entered.status_code] == [403, 403, 204]
    assert without.json()["code"] == wrong.json()["code"] == "demo_password"


async def test_who_guesses_passwords_must_wait(empty: Empty) -> None:
    async with playing(*empty, public=True, address="198.51.100.8") as demo:
        words = {"memberId": "admin", "password": "guess"}
        codes = [
            (await demo.http.post("/api/demo/enter", json=words)).status_code for _ in range(12)
        ]
    assert codes[0] == 403
    assert codes[-1] == 429


async def test_an_unknown_member_is_nobody(empty: Empty) -> None:
    async with playing(*empty, address="198.51.100.9") as demo:
        answer = await demo.http.post("/api/demo/enter", json={"memberId": "路人"})
    assert answer.status_code == 404


async def test_a_visitor_of_the_widget_can_be_a_consumer_with_orders(empty: Empty) -> None:
    async with playing(*empty) as demo:
        guests = (await demo.http.get("/api/demo/buyers")).json()
        guest = next(g for g in guests if g["shop"] == "pdd")
        user = {"id": guest["userId"], "name": guest["name"], "signature": guest["signature"]}
        came = await demo.http.post("/api/widget/pdd/visit", json={"user": user})
        headers = {"X-Diji-Visitor": came.json()["token"]}
        words = {"text": "我的包裹到哪了", "clientId": "try-0001"}
        said = await demo.http.post("/api/widget/messages", json=words, headers=headers)
        entered = await demo.http.post("/api/demo/enter", json={"memberId": "xiaochen"})
        listed = (await demo.http.get("/api/conversations")).json()["conversations"]
    assert {g["shop"] for g in guests} == {"tmall", "jd", "douyin", "pdd"}
    assert said.status_code == 201
    assert entered.status_code == 204
    assert guest["name"] in {c["consumerName"] for c in listed}
