"""Fakes for those who write plug-ins and tests: a model server that fails in every known way, and doubles of the ports.

Nothing here is used when a brief is made.
"""

from briefing.testing.fakes import MemoryCache, ScriptedChat, ScriptedEngine, ScriptedJudge
from briefing.testing.faults import Fault, lacking
from briefing.testing.mail import MemoryOutbox, ScriptedChannel
from briefing.testing.replies import Answering, Pace, Reply, Request, Usage
from briefing.testing.server import ModelServer
from briefing.testing.writers import Writer, faithful, in_process, obedient

__all__ = [
    "Answering",
    "Fault",
    "MemoryCache",
    "MemoryOutbox",
    "ModelServer",
    "Pace",
    "Reply",
    "Request",
    "ScriptedChannel",
    "ScriptedChat",
    "ScriptedEngine",
    "ScriptedJudge",
    "Usage",
    "Writer",
    "faithful",
    "in_process",
    "lacking",
    "obedient",
]
