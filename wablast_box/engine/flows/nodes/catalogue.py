"""The node types that come with the box."""

from __future__ import annotations

from wablast_box.engine.flows.node.base import NodeType
from wablast_box.engine.flows.nodes import (
    choices,
    code,
    connecting,
    logic,
    menus,
    people,
    pictures,
    questions,
    returning,
    ringing,
    roads,
    sharing,
    starts,
    talk,
    texts,
    waits,
)
from wablast_box.engine.flows.nodes.ai import agent, answering, deciding

BUILTIN: tuple[type[NodeType], ...] = (
    starts.Start, starts.Finish,
    talk.SendMessage, talk.SendMedia, talk.SendVoice, talk.SendLink, talk.SendTemplate, talk.SendLocation, talk.SendContact,
    ringing.SendCallButton,
    menus.SendButtons, menus.SendList, choices.AskChoice, choices.AskRating, choices.AskPicture,
    questions.AskText, questions.AskNumber, questions.AskPhone, questions.AskEmail, questions.AskUrl, questions.AskDate, questions.AskTime,
    sharing.RequestLocation, sharing.AskAddress, sharing.AskMedia,
    logic.Condition, logic.Switch, logic.RandomSplit, logic.BusinessHours, logic.Calculate, logic.SetVariable,
    waits.Delay, waits.WaitUntil, returning.MakeAddress, returning.WaitForSystem,
    roads.Loop, roads.JumpTo, roads.GoToFlow, roads.StartFlowFor,
    people.UpdateContactField, people.SetLanguage, people.AddTag, people.RemoveTag,
    people.Assign, people.HandOff, people.SetState, people.AddNote, people.NotifyStaff,
    answering.AiAnswer, deciding.AiClassify, deciding.AiExtract, agent.AiAgent, answering.Translate,
    connecting.HttpRequest, connecting.Webhook, connecting.SendEmail,
    code.ExecuteFunction, texts.MakeText, pictures.SendQrCode, pictures.SendTextPicture,
)  # fmt: skip
