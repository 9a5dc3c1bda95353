"""Columns are recognised by the names that platforms and tools give them."""

import pytest

from diji.reviews.columns import header_place, is_reply, propose, signature

SAMPLE = {
    "text": "用了一周，皮肤没那么干了",
    "more": "补充一下，还是好用",
    "rating": "5",
    "label": "1",
    "date": "2026-05-01 10:00",
    "code": "6012345",
    "product": "修护面霜",
    "sku": "50g",
    "order": "8841",
    "buyer": "t**5",
    "review": "99",
}
HEADS = [
    ("label cat text", "label product text"),
    ("订单编号 宝贝标题 评价内容 评价时间 买家昵称 评价类型", "order product text date buyer rating"),
    ("评价ID 订单编号 商品ID 商品名称 商品规格 评价星级 评价内容 追评内容 评价时间 商家回复",
     "review order code product sku rating text more date -"),
    ("订单号 商品编号 商品名称 用户昵称 评分 评论内容 评论时间 回复内容",
     "order code product buyer rating text date -"),
    ("订单编号 商品ID 商品名 SKU 描述相符 物流服务 服务态度 评价内容 评价时间",
     "order code product sku rating - - text date"),
    ("content score creationTime referenceName nickname", "text rating date - buyer"),
    ("review_id product_id product_title star_rating review_body review_date",
     "review code product rating text date"),
    ("用户 打分 评论 日期", "buyer rating text date"),
    ("评论ID 评论正文 评论人 星级 创建时间 SKU规格 订单创建时间", "review text buyer rating date sku -"),
    ("商品 规格 内容 时间", "product sku text date"),
    ("Order No. Item Name Rating(1-5) Comments Created At", None),
    ("text label", "text label"),
    ("订单编号 SKU属性 评价内容 商家回复 商家回复时间", "order sku text - -"),
    ("情感倾向 品类 评价", "label product text"),
    ("交易单号 货号 款式 初评内容 初评时间 追加评价 追评时间 评价等级", "order code sku text date more - rating"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "means"), [(h, m) for h, m in HEADS if m])
def test_the_columns_of_usual_exports_are_recognised(head: str, means: str) -> None:
    headers, fields = head.split(), means.split()
    row = [SAMPLE.get(field, "2026-05-02") for field in fields]
    wanted = {field: at for at, field in enumerate(fields) if field != "-"}
    assert propose(headers, [row] * 3) == wanted


def test_english_headers_with_spaces_and_brackets_are_recognised() -> None:
    headers = ["Order No.", "Item Name", "Rating (1-5)", "Comments", "Created At"]
    found = propose(headers, [["8841", "Cream", "4", "works well for me", "2026-05-01"]])
    assert found == {"order": 0, "product": 1, "rating": 2, "text": 3, "date": 4}


def test_a_shops_answer_is_never_taken_for_the_review() -> None:
    assert "text" not in propose(["商家回复内容", "星级"], [["", "5"]])


def test_the_shops_answers_are_known_as_such() -> None:
    headers = ["商家回复", "回复内容", "卖家解释", "Seller reply", "回复时间", "评价内容"]
    assert [is_reply(header) for header in headers] == [True, True, True, True, False, False]


def test_a_rating_column_without_ratings_is_no_rating() -> None:
    assert "rating" not in propose(["评价类型", "评价内容"], [["初次评价", "质量不错，喜欢"]] * 3)


def test_unknown_headers_leave_the_wordiest_column_for_the_text() -> None:
    assert propose(["a", "b"], [["12", "面霜很润，推荐给姐妹"]]) == {"text": 1}


def test_a_title_above_the_head_is_skipped() -> None:
    assert header_place([["岚里旗舰店 5 月评价明细"], ["评价内容", "星级"], ["好", "5"]]) == 1


def test_a_file_that_begins_with_data_has_no_head() -> None:
    assert header_place([["收到货很满意，下次还来！", "5"]]) is None


def test_a_mapping_is_remembered_by_the_headers_whatever_their_width_and_case() -> None:
    assert signature(["评价内容", "SKU"]) == signature(["评价内容 ", "ｓｋｕ", "未导入原因"])
