"""Tells a consumer about a product, from its own attributes and nothing else."""

import re

from diji.commerce import ProductView

from .rules import Draft, Kind, Source

# How consumers ask for what the shop keeps under another name.
_ASKED_AS = (
    (re.compile(r"声音|噪音|噪声|吵|分贝|静音"), ("噪音",)),
    (re.compile(r"材质|面料|什么料|啥料|什么做的"), ("材质", "面料")),
    (re.compile(r"成分|配料"), ("成分", "配料")),
    (re.compile(r"多重|重不重|几斤|重量"), ("净重", "重量")),
    (re.compile(r"尺寸|占地|长宽高|多大个"), ("外形尺寸", "尺寸")),
    (re.compile(r"容量|多少升|几升|装多少|净含量|多少克"), ("容量", "净含量")),
    (re.compile(r"功率|多少瓦|几瓦|费电|耗电"), ("功率",)),
    (re.compile(r"保质期|放多久|能放几"), ("保质期",)),
    (re.compile(r"质保|保修|保多久"), ("质保", "保修")),
    (re.compile(r"续航|充一次|用多久没电"), ("续航",)),
    (re.compile(r"防水|怕水"), ("防水",)),
    (re.compile(r"产地|哪里?产|哪儿产"), ("产地",)),
    (re.compile(r"怎么洗|机洗|手洗|洗衣机"), ("洗涤", "清洗")),
)


def tell_product(product: ProductView, text: str) -> Draft | None:
    """What the product's own page says of what is asked; None when it is silent."""
    told = [f"{name}：{product.attributes[name]}" for name in _named(product, text)]
    if not told:
        return None
    return Draft(
        f"您问的{product.name}，{'；'.join(told)}。",
        Kind.PRODUCT,
        (source_of(product),),
        0.85,
        "取自商品的参数",
    )


def ask_about(product: ProductView) -> Draft:
    """To who only pointed at a product."""
    return Draft(
        f"您好，看到您在看{product.name}，想了解哪方面？",
        Kind.ASK,
        (source_of(product),),
        0.9,
        "只发来了商品，还没有问题",
    )


def source_of(product: ProductView) -> Source:
    return Source("product", product.code, product.name)


def _named(product: ProductView, text: str) -> list[str]:
    """The attributes that the words ask for, by their own name or as consumers call them."""
    wanted = [part for asked, parts in _ASKED_AS if asked.search(text) for part in parts]
    return [
        name
        for name in product.attributes
        if (len(name) > 1 and name in text) or any(part in name for part in wanted)
    ]
