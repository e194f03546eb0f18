"""People of nobody's acquaintance: as many as are wanted, few names often and many seldom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from care_console.base.fold import fold
from care_console.cards.rules.search import Told

TODAY = date(2030, 1, 7)


def listed(words: str) -> list[str]:
    """Return the words of a text."""
    return words.split()


GIVEN = listed(
    "John David Michael Paul Mark James Peter Andrew Robert Stephen Christopher Richard Susan "
    "William Margaret Simon Elizabeth Thomas Sarah Ian Anthony Kevin Julie Martin Karen Mary "
    "Jennifer Matthew Patricia Philip Jacqueline Helen Alan Gary Christine Graham Daniel Colin "
    "Deborah Alison Neil Amanda Jane Catherine Joanne Angela George Linda Steven Barry Carol Ann "
    "Keith Jonathan Sandra Nigel Nicola Adam Tracey Maria Claire Sharon Diane Emma Charlotte "
    "Oliver Harry Jack Amelia Isla Sophie Lucy Grace Ruby Freya Chloe Ella Holly Hannah Rebecca "
    "Laura Rachel Abigail Molly Ivy Noah Leo Theo Arthur Oscar Archie Joshua Henry Max Lucas "
    "Ethan Isaac Logan Benjamin Mohammed Ali Ahmed Fatima Aisha Priya Anjali Rajesh Sanjay Wei "
    "Li Chen Yusuf Mehmet Elif Ayşe Zeynep José Juan Carlos Ana Lucía Pedro Sofía João Inês "
    "François Éloïse Hélène Benoît Chloé Zoë René Jürgen Günther Jörg Björn Søren Åsa Łukasz "
    "Agnieszka Małgorzata Piotr Ewa Katarzyna Olga Ivan Dmitri Niamh Siobhán Aoife Seán Ciarán"
)
FAMILY = listed(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson "
    "Evans Walker White Roberts Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner "
    "Martin Cooper Hill Ward Hughes Moore Clark King Harrison Lewis Baker Lee Allen Morris Khan "
    "Scott Watson Davis Parker James Bennett Young Phillips Richardson Mitchell Bailey Carter "
    "Cook Singh Shaw Bell Collins Morgan Kelly Begum Miller Cox Hussain Marshall Simpson Price "
    "Anderson Adams Wilkinson Foster Ellis Murphy Chapman Mason Gray Webb Rogers Hunt Mills "
    "Holmes Palmer Matthews Fisher Barnes Knight Lloyd Butler Stevens Russell Jenkins Dixon "
    "Fletcher Ali Ahmed Okafor Mensah Nguyen García Müller Schmidt Weber Novák Kowalski "
    "O'Brien O'Neill O'Connor MacDonald McCarthy Smith-Jones Taylor-Brown Fitzgerald Łukasik "
    "Dvořák Çelik Yılmaz Öztürk Sørensen Jørgensen Åberg Guðmundsson Dubois Lefèvre D'Angelo"
)
TOWNS = listed(
    "London Birmingham Leeds Glasgow Sheffield Bradford Manchester Edinburgh Liverpool Bristol "
    "Cardiff Leicester Wakefield Coventry Nottingham Newcastle Sunderland Brighton Hull Plymouth "
    "Wolverhampton Stoke Derby Swansea Southampton Salford Aberdeen Westminster Portsmouth York "
    "Peterborough Dundee Lancaster Oxford Newport Preston Norwich Chester Cambridge Exeter "
    "Gloucester Winchester Durham Lincoln Worcester Inverness Carlisle Bath Perth Hereford"
)
TRADES = listed(
    "Heating Plumbing Logistics Foods Motors Systems Partners Builders Interiors Dental Care "
    "Farms Print Media Legal Energy Textiles Joinery Catering Travel Optics Labs Tools Estates"
)
STARTS = listed("b br c ch cl d f fl g gr h k kr l m n p pr r s st t th tr v w")
MIDDLES = listed("a e i o u ai ea ee or ar er ow el il ol")
ENDS = listed("ton ley ford man son berg ski well combe wick field worth ridge land stone er ing")
MAILS = ("mail.example", "web.example", "online.example")
AREAS = ("+4420", "+44121", "+44113", "+44131", "+44161", "+441273", "+441904", "+441632")
ABROAD = ("+331", "+4930", "+1212", "+35312", "+9054")

ORGANISATIONS = 0.12  # of all cards
EMPLOYED = 0.5  # of the people


@dataclass(frozen=True, slots=True)
class Names:
    """Names to choose from, and how often each of them is met."""

    names: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def of(cls, names: Sequence[str], flat: int) -> "Names":
        """Return ``names``, the n-th of which is met in proportion to 1 / (n + flat)."""
        return cls(names, list(accumulate(1 / (n + flat) for n in range(len(names)))))

    def some(self, random: Random, count: int) -> list[str]:
        """Return ``count`` of them, each as often as it is met."""
        return random.choices(self.names, cum_weights=self.weights, k=count)


class Town:
    """Where all these people live, work and telephone."""

    def __init__(self, cards: int, seed: int = 1) -> None:
        self._random = Random(seed)
        self.given = Names.of(self._and_more(GIVEN, 2_000, 2), 8)
        self.family = Names.of(self._and_more(FAMILY, 30_000, 3), 10)
        self.towns = Names.of(self._and_more(TOWNS, 500, 3), 4)
        self.firms = Names.of([self.firm() for _ in range(max(cards // 20, 20))], 50)

    def people(self, first: int, count: int) -> Iterator[Told]:
        """Yield ``count`` cards, numbered from ``first``."""
        random = self._random
        chosen = zip(
            range(first, first + count),
            self.given.some(random, count),
            self.family.some(random, count),
            self.firms.some(random, count),
            self.towns.some(random, count),
            strict=True,
        )
        for card_id, given, family, firm, town in chosen:
            if random.random() < ORGANISATIONS:
                yield self._organisation(card_id, town)
            else:
                yield self._person(card_id, given, family, firm, town)

    def firm(self) -> str:
        """Return the name of an organisation."""
        owner = self.family.some(self._random, 1)[0]
        form = self._random.choice(("Ltd", "Ltd", "& Sons", "plc", "LLP", "GmbH"))
        return f"{owner} {self._random.choice(TRADES)} {form}"

    def _person(self, card_id: int, given: str, family: str, firm: str, town: str) -> Told:
        random = self._random
        company = firm if random.random() < EMPLOYED else ""
        domain = f"{fold(firm).split()[0]}.example" if company else random.choice(MAILS)
        address = f"{fold(given)}.{fold(family)}{random.randrange(100)}@{domain}".replace(" ", "")
        return Told(
            id=card_id,
            kind="person",
            name=f"{given} {family}",
            given=given,
            family=family,
            preferred=given[:3] if random.random() < 0.05 else "",
            company=company,
            title="Head of purchasing" if company and random.random() < 0.2 else "",
            created=TODAY,
            numbers=self._numbers(card_id),
            emails=(address,) if random.random() < 0.7 else (),
            towns=(town,) if random.random() < 0.9 else (),
            memberships=self._memberships(card_id),
        )

    def _organisation(self, card_id: int, town: str) -> Told:
        name = self.firm()
        return Told(
            id=card_id,
            kind="organisation",
            name=name,
            family=name,
            created=TODAY,
            numbers=self._numbers(card_id),
            emails=(f"office@{fold(name).split()[0]}.example",),
            towns=(town,),
            memberships=self._memberships(card_id),
        )

    def _numbers(self, card_id: int) -> list[tuple[str, str]]:
        count = self._random.choices((0, 1, 2, 3), (5, 58, 32, 5))[0]
        extension = str(card_id % 1_000) if self._random.random() < 0.02 else ""
        return [(self._number(), extension) for _ in range(count)]

    def _number(self) -> str:
        random = self._random
        if random.random() < 0.6:
            return f"+447{random.randrange(10**9):09}"
        begun = random.choice(ABROAD if random.random() < 0.1 else AREAS)
        rest = 13 - len(begun)
        return f"{begun}{random.randrange(10**rest):0{rest}}"

    def _memberships(self, card_id: int) -> list[tuple[str, date, date | None, str]]:
        groups = ("end-user", "prospect", "distributor", "supplier", "employee")
        group = self._random.choices(groups, (800, 180, 8, 8, 2))[0]
        since = TODAY - timedelta(days=self._random.randrange(3_000))
        account = f"NG-{1_000_000 + card_id}" if group == "end-user" else ""
        return [(group, since, None, account)]

    def _and_more(self, names: Sequence[str], more: int, parts: int) -> list[str]:
        """Return ``names`` and as many ``more`` made up."""
        found = dict.fromkeys(names)
        while len(found) < len(names) + more:
            random = self._random
            starts = [random.choice(STARTS) + random.choice(MIDDLES) for _ in range(parts - 1)]
            found["".join((*starts, random.choice(ENDS))).capitalize()] = None
        return list(found)
