"""Moments are read in the time of the computer, wherever it stands."""

import time

import pytest

from data.local_time import local_time


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows takes its zone from the system alone")
@pytest.mark.parametrize(("zone", "shown"), [("Asia/Shanghai", "2023-11-18 08:30"), ("UTC", "2023-11-18 00:30")])
def test_moments_are_shown_in_the_time_of_the_computer(monkeypatch: pytest.MonkeyPatch, zone: str, shown: str) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert f"{local_time('2023-11-18T00:30:00.000Z'):%Y-%m-%d %H:%M}" == shown
    time.tzset()
