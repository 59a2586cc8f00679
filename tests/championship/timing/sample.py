"""Small files of layouts A and B by hand, and what is refused in them."""

import pytest

from championship.timing.read import read_timing
from championship.timing.tables import TimingFileError, TimingTable

NAME = "03_Classification_Race.CSV"
RACE = """\
POSITION;NUMBER;TEAM;DRIVER_1;DRIVER_2;DRIVER_3;DRIVER_4;VEHICLE;TYRES;CLASS;GROUP;DIVISION;STATUS;LAPS;TOTAL_TIME;\
GAP_FIRST;GAP_PREVIOUS;FL_LAPNUM;FL_TIME;FL_KPH;DRIVER_5;
1;99;99 Racing;Ahmad AL HARTHY;Nikita MAZEPIN;Louis DELÉTRAZ;;Oreca 07 - Gibson;M;LMP2;;;Classified;100;3:43'26.017;\
;;83;1'52.991;176.6;;
2;007;AF Corse;François PERRODO; HASH;;;Oreca 07 - Gibson;M;LMP2;AM;LMP2-AM;Classified;100;24:00'42.784;\
20:17'16.767;20:17'16.767;41;1'53.380;176.0;;
3;7;Team;Max MUSTER;;;;BMW M4 GT3;;GT;;;Not classified;99;56'20.143;1 Laps;1 Laps;;;;;
4;22A;Team;Max OTHER;;;;BMW M4 GT3;;GT;;;Not classified;0;;100 Laps;99 Laps;;;;;
"""
SEAT = (
    "DRIVER{0}_FIRSTNAME;DRIVER{0}_SECONDNAME;DRIVER{0}_LICENSE;DRIVER{0}_HOMETOWN;DRIVER{0}_COUNTRY;"
    "DRIVER{0}_SHORTNAME;DRIVER{0}_{1};DRIVER{0}_ECM Country Id;DRIVER{0}_*Extra 3;DRIVER{0}_*Extra 4;"
    "DRIVER{0}_*Extra 5;"
)
SEATS = "".join(SEAT.format(seat, "ECM Driver Id") for seat in range(1, 7))
IMSA_SEATS = "".join(SEAT.format(seat, "IMSA_DriverId") for seat in range(1, 7))
TIMED_HEADER = (
    "POS;NUMBER;LAP;TIME;GAP_FIRST;GAP_PREVIOUS;KPH; LAPS;TEAM;CLASS;GROUP;DIVISION;VEHICLE;TIRES;ECM Participant Id;"
    "ECM Team Id;ECM Category Id;ECM Car Id;ECM Brand Id;ECM Country Id;*Extra 7;*Extra 8;*Extra 9;Sort Key;"
)


def row(car: str, *drivers: str) -> str:
    """A row of B, C or D: 11 cells for a driver, 6 for an empty seat."""
    return car + "".join(drivers) + ";" * 6 * (6 - len(drivers)) + "\n"


TIMED = f"{TIMED_HEADER}{SEATS}\n" + "".join(
    [
        row(
            "1;37;7;1:59.595;-;-;162.2;7;QMMF;GT;;;BMW M4 GT3;M;106408;6493;4171;6230;4393;5;;;QMMF;;",
            "Abdulla;Al Khelaifi;B;;QAT;;11855;186;;01:30:00;None;",
            "Lucas;Auer;P;;AUT;;280;17;;00:40:00;None;",
            ";BANKCY;S;;JPN;;12096;121;;01:30:00;None;",
        ),
        row(
            "2;9;5;1:59.771;+0.176;+0.176;162.0;7;GetSpeed;GT;;;BMW M4 GT3;M;1;2;3;4;5;6;;;;;",
            "Steve;Jans;B;;LUX;;11293;138;;;;",
            "Fabian;Schiller;G;;GER;;10340;5;;;;",
        ),
        row("3;6;0;;+1.729;+0.211;;8;Team;GT;;;BMW M4 GT3;M;1;2;3;4;5;6;;;;;", "Max;Muster;X;;_;;;;;;;"),
        row(
            ";8;6;2:01.801;;;159.3;8;Team;GT;;;BMW M4 GT3;M;1;2;3;4;5;6;;;;;",
            "Romain;Vozniak;;;XYZ;;;;;;;",
            "Max;Second;;;;;;;;;;",
        ),
    ]
)


def as_file(text: str) -> bytes:
    """The bytes that the provider makes of it."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def read(text: str) -> TimingTable:
    return read_timing(as_file(text), file_name=NAME)


def problems_of(content: bytes) -> list[tuple[int, str, str]]:
    """Line, column and whole text of each problem; all of them name the file and say what to do."""
    with pytest.raises(TimingFileError) as refusal:
        read_timing(content, file_name=NAME)
    problems = refusal.value.problems
    assert all(problem.file == NAME and problem.message and problem.mend for problem in problems)
    assert str(refusal.value) == "\n".join(str(problem) for problem in problems)
    return [(problem.line, problem.column, str(problem)) for problem in problems]
