"""What is stored. One file per noun; the same noun has the same file name in every layer."""

from championship.models.base import FrozenError, freezing
from championship.models.cars import CarModel, CarModelAlias, Manufacturer
from championship.models.circuits import Circuit
from championship.models.classes import Invitation, RaceClass, RaceClassAlias, Title
from championship.models.classifications import (
    AppliedDecision,
    Classification,
    ClassificationDraft,
    ClassificationState,
    Result,
    ResultDriver,
)
from championship.models.crews import MOST_SEATS, Rating, Seat
from championship.models.decisions import Decision, DecisionEffect
from championship.models.documents import Document, DocumentFile
from championship.models.drivers import Driver, DriverAlias
from championship.models.duties import EventDuty
from championship.models.entries import CrewMember, Entry, EventEntry, SeasonCrewMember
from championship.models.entry_lists import EntryList, EntryListLine, EntryListSeat
from championship.models.events import Event, Session
from championship.models.imports import StagedImport
from championship.models.pictures import Picture
from championship.models.points import PointsScaleLine, PointsSettings
from championship.models.poles import PolePosition
from championship.models.rounds import Round
from championship.models.scores import Score
from championship.models.seasons import Season
from championship.models.stamp import ContentStamp
from championship.models.standings import Adjustment, EligibilityOverride, Standing, StandingList
from championship.models.teams import Team, TeamAlias
from championship.models.timing_imports import TimingImport

__all__ = [
    "MOST_SEATS",
    "Adjustment",
    "AppliedDecision",
    "CarModel",
    "CarModelAlias",
    "Circuit",
    "Classification",
    "ClassificationDraft",
    "ClassificationState",
    "ContentStamp",
    "CrewMember",
    "Decision",
    "DecisionEffect",
    "Document",
    "DocumentFile",
    "Driver",
    "DriverAlias",
    "EligibilityOverride",
    "Entry",
    "EntryList",
    "EntryListLine",
    "EntryListSeat",
    "Event",
    "EventDuty",
    "EventEntry",
    "FrozenError",
    "Invitation",
    "Manufacturer",
    "Picture",
    "PointsScaleLine",
    "PointsSettings",
    "PolePosition",
    "RaceClass",
    "RaceClassAlias",
    "Rating",
    "Result",
    "ResultDriver",
    "Round",
    "Score",
    "Season",
    "SeasonCrewMember",
    "Seat",
    "Session",
    "StagedImport",
    "Standing",
    "StandingList",
    "Team",
    "TeamAlias",
    "TimingImport",
    "Title",
    "freezing",
]
