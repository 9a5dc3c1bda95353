"""Logs carry no numbers by which a person could be found."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from diji.foundation import Warehouse, start_logs

PHONE, ID_CARD, BANK_CARD = "13812345678", "110101199003074518", "6222021234567890123"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    start_logs(level="INFO", as_json=True)
    yield out
    start_logs(level="CRITICAL", as_json=False)


@pytest.mark.parametrize("number", [PHONE, ID_CARD, BANK_CARD, ID_CARD[:-1] + "X"])
def test_phone_id_and_bank_numbers_are_masked_wherever_they_stand(
    logged: io.StringIO, number: str
) -> None:
    structlog.get_logger("t").info("consumer.found", phone=number, note=f"电话{number}，急")
    logging.getLogger("somebody.elses").warning("calling %s", number)
    try:
        int("电话" + number)
    except ValueError:
        structlog.get_logger("t").exception("it.broke")
    out = logged.getvalue()
    assert out.count(number[:3] + "****") >= 4
    assert number not in out


def test_a_short_number_an_amount_and_the_time_stay_readable(
    logged: io.StringIO,
) -> None:
    structlog.get_logger("t").info("order.seen", fen=12990, position=1234567, words="尾号5678")
    out = logged.getvalue()
    assert "12990" in out
    assert "1234567" in out
    assert "5678" in out
    assert '"timestamp": "20' in out


def test_an_error_of_the_database_does_not_quote_what_a_consumer_wrote(
    tmp_path: Path, warehouse: Warehouse
) -> None:
    del tmp_path
    words = "我住在幸福路12号"
    with pytest.raises(Exception) as broken, warehouse.database.readers.connect() as c:  # noqa: PT011 - any of SQLAlchemy's
        c.execute(text("SELECT :words FROM no_such_table"), {"words": words})
    assert words not in str(broken.value)
