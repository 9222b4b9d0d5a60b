"""Shops, public buildings, festivals, rural Europe: verdicts and cents computed by hand, said beside each row."""

import pytest

from tests.rules.scheme.strangers import villages
from tests.rules.scheme.strangers.test_works import answer, verdicts


@pytest.mark.parametrize(
    ("case", "cents"),
    [
        (villages.shop(), 750_000),  # 30 % of 25 000 at most
        (villages.shop(expenses=[("works", 6_000), ("vehicle", 9_000)]), 180_000),
        (villages.shop("access", [("equipment", 3_000.01)]), 90_000),
    ],
)
def test_pass_commerce_is_shared_by_half(case, cents):
    found = answer(villages.PASS_COMMERCE, case)
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", cents)
    assert found["aid"]["by_funder"] == {"region": cents // 2, "epci": cents // 2}


def test_pass_commerce_is_for_the_small_and_once_in_three_years():
    say = lambda **words: verdicts(answer(villages.PASS_COMMERCE, villages.shop(**words)))  # noqa: E731  # short
    assert say(expenses=[("works", 5_999.99)])["enough"] == "failed"
    assert say(kind="access", expenses=[("works", 2_999)])["enough"] == "failed"
    assert say(fte=7)["small"] == "failed"
    assert say(people=5_000)["village"] == "failed"
    again = [{"granted_on": "2023-06-02", "amount": 7_500, "scheme": "pass-commerce"}]
    found = answer(villages.PASS_COMMERCE, villages.shop(earlier_aids=again))
    assert (found["aid"]["possible"], found["aid"]["total_cents"]) == (False, 0)
    past = [{"granted_on": "2023-06-01", "amount": 7_500, "scheme": "pass-commerce"}]
    assert answer(villages.PASS_COMMERCE, villages.shop(earlier_aids=past))["aid"]["total_cents"] == 750_000


@pytest.mark.parametrize(
    ("case", "cents"),
    [
        (villages.building(), 5_000_000),  # 500 m² × 100
        (villages.building(bio="yes"), 5_500_000),  # and a tenth more
        (villages.building(bio="yes", area=2_000, works=900_000), 20_000_000),  # 220 000 cut to 200 000
        (villages.building("gain", works=60_000), 2_400_000),  # 30 000, cut to 40 % of 60 000
        (villages.building("gain", works=60_000, fees=9_000), 2_640_000),  # fees 6 000 at most: 40 % of 66 000
    ],
)
def test_renovation_by_the_square_metre(case, cents):
    found = answer(villages.RENOVATION, case)
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", cents)


def test_renovation_asks_a_gain_and_a_prior_audit():
    assert verdicts(answer(villages.RENOVATION, villages.building(after=150)))["gain"] == "met"  # 40 % exactly
    assert verdicts(answer(villages.RENOVATION, villages.building(after=150.1)))["gain"] == "failed"
    assert answer(villages.RENOVATION, villages.building(pieces=[]))["verdict"] == "ineligible"
    late = answer(villages.RENOVATION, villages.building(filed_at="2026-05-01T00:00:00"))["filing"]
    assert (late["accepted"], late["code"], late["wave"]) == (True, "next_wave", "second")


def test_renovation_leaves_a_fifth_to_the_commune():
    others = [{"source": "public", "funder": "État", "state": "granted", "amount": 130_000}]
    found = answer(villages.RENOVATION, villages.building(funding=others))
    assert found["aid"]["total_cents"] == 3_000_000  # 80 % of 200 000, less 130 000


@pytest.mark.parametrize(
    ("case", "cents"),
    [
        (villages.festival(), 1_200_000),  # 80 000: the second bracket, under a third
        (villages.festival(artistic=10_000, technical=20_000), 1_000_000),  # a third, to the cent
        (villages.festival(artistic=80_000, technical=20_000), 2_500_000),  # 100 000 is no longer below 100 000
        (villages.festival(artistic=300_000), 6_000_000),
        # overheads x ≤ 15 % of (25 000 + x): 4 411,76 kept of 9 000; 29 411,76 is under 30 000: nothing, then the floor
        (villages.festival(artistic=15_000, technical=10_000, overheads=9_000), 0),
    ],
)
def test_festival_by_brackets(case, cents):
    assert answer(villages.FESTIVAL, case)["aid"]["total_cents"] == cents


def test_festival_conditions():
    def say(**words):
        return verdicts(answer(villages.FESTIVAL, villages.festival(**words)))

    assert set(say().values()) == {"met"}
    assert say(answers={"ends": "2026-07-10"})["lasts"] == "failed"
    assert say(shows=["yes town", "no town", "no village"])["professional"] == "failed"
    assert say(answers={"ticket": "25.01"})["open"] == "failed"
    villagers = ["yes village", "yes village", "no village"]
    assert say(answers={"ticket": "40"}, shows=villagers)["open"] == "met"
    assert say(answers={"starts": "2026-04-26"})["early"] == "failed"
    assert say(answers={"starts": "2026-04-27"})["early"] == "met"
    assert say(funding=[])["others"] == "failed"
    assert answer(villages.FESTIVAL, villages.festival(filed_at="2026-02-27T12:00:01"))["filing"]["code"] == "late"


@pytest.mark.parametrize(
    ("case", "cents"),
    [
        (villages.leader(), 1_920_000),  # 64 % of 30 000 under 4 × 6 000
        (villages.leader(national=4_000), 1_600_000),
        (villages.leader(staff=20_000, works=0, national=7_000), 1_472_000),  # 64 % of 20 000 and its 15 %
        (villages.leader(staff=20_000, works=0, national=9_000), 1_400_000),  # public money is no more than the cost
        (villages.leader("commune", national=0, own=6_000), 2_400_000),  # its own money is public too
        (villages.leader("commune", works=100_000, national=20_000), 5_000_000),  # 80 000, capped
        (villages.leader(national=1_200), 0),  # 4 800 is under the floor
    ],
)
def test_leader_multiplies_national_money(case, cents):
    assert answer(villages.LEADER, case)["aid"]["total_cents"] == cents


def test_leader_is_for_its_territory():
    away = villages.leader(answers={"site": "76540"})
    assert verdicts(answer(villages.LEADER, away))["here"] == "failed"
    partners = [{"name": "Chef", "commune": "61006", "epci": "200068468", "lead": "yes"},
                {"name": "Loin", "commune": "76540", "epci": "200023414"}]  # fmt: skip
    found = answer(villages.LEADER, villages.leader(partners=partners))
    assert verdicts(found)["partners_eligible"] == "failed"


def test_thirds_are_exact():
    thirds = "split: [{funder: region, share: 1/3}, {funder: epci, share: 2/3}]"
    text = villages.PASS_COMMERCE.replace("split: [{funder: region, share: 50 %}, {funder: epci, share: 50 %}]", thirds)
    found = answer(text, villages.shop(expenses=[("works", 10_000)]))
    assert found["aid"]["by_funder"] == {"region": 100_000, "epci": 200_000}
