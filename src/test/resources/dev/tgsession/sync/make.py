"""Makes answers to messages.getDialogs with real Telethon, and says what Telethon itself reads out of them.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install telethon==1.45.0 && /tmp/v/bin/python make.py

Telethon 1.45.0 speaks layer 229. User, Chat, Dialog, Message and messages.Dialogs have the same ids there as in layer 228,
which our client declares; this is checked below.
"""

import base64
import datetime
import inspect
import json
import pathlib
import random
import struct
import typing

from telethon import utils
from telethon.sessions import MemorySession
from telethon.tl import types
from telethon.tl.alltlobjects import LAYER
from telethon.tl.tlobject import TLObject

HERE = pathlib.Path(__file__).parent
WHEN = datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc)
VECTOR = struct.pack("<I", 0x1cb5c415)

OF_LAYER_228 = {
    types.User: 0xb1b8cc83, types.UserEmpty: 0xd3bc4b7a, types.Chat: 0x41cbf256, types.ChatEmpty: 0x29562865,
    types.ChatForbidden: 0x6592a1a7, types.Channel: 0xd49f34c6, types.ChannelForbidden: 0x17d493d5,
    types.Community: 0x65efe954, types.CommunityForbidden: 0xfd3cdab8, types.Dialog: 0xfc89f7f3,
    types.DialogFolder: 0x71bd134c, types.DialogCommunity: 0xf78a0973, types.Message: 0x7600b9d3,
    types.MessageService: 0x7a800e0a, types.MessageEmpty: 0x90a6ca84, types.messages.Dialogs: 0x15ba6c40,
    types.messages.DialogsSlice: 0x71e094f3, types.messages.DialogsNotModified: 0xf0e3e596,
    types.DraftMessage: 0x60fe3294,
}


def aliases():
    """What constructors call types of other modules, which are not imported where they stand."""
    found = {}
    for module in [*(each for each in vars(types).values() if isinstance(each, type(types))), types]:
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, TLObject):
                found.setdefault("Type" + name, value)  # of one constructor, and called like it
        found.update((name, value) for name, value in vars(module).items() if name.startswith("Type"))
    return found


ALIASES = aliases()


def hints_of(kind):
    return typing.get_type_hints(kind.__init__, localns=ALIASES)


class Chance:
    """Objects of any type, with all that may stand in them, or with nothing that may be left out."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def of(self, hint, depth):
        origin = typing.get_origin(hint)
        if origin is typing.Union:
            choices = [each for each in typing.get_args(hint) if each is not type(None)]
            return self.of(self.simplest(choices) if depth <= 0 else self.random.choice(choices), depth)
        if origin is list:
            (inner,) = typing.get_args(hint)
            return [self.of(inner, depth - 1) for _ in range(self.random.randint(0, 2) if depth > 0 else 0)]
        if hint is int:
            return self.random.randint(1, 2 ** 31 - 1)
        if hint is str:
            return self.random.choice(["", "a", "grüße", "東京 \U0001f600", "x" * self.random.randint(0, 300)])
        if hint is bytes:
            return self.random.randbytes(self.random.randint(0, 40))
        if hint is float:
            return self.random.random()
        if hint is bool:
            return self.random.random() < 0.5
        if hint is datetime.datetime:
            return WHEN + datetime.timedelta(seconds=self.random.randint(0, 10 ** 6))
        if isinstance(hint, type) and issubclass(hint, TLObject):
            return self.make(hint, depth - 1)
        raise ValueError(hint)

    @staticmethod
    def simplest(choices):
        """Of several constructors the one with the fewest fields, so that it comes to an end."""
        return min(choices, key=lambda each: len(hints_of(each))
                   if isinstance(each, type) and issubclass(each, TLObject) else 0)

    def make(self, kind, depth=2, **given):
        """With all optional fields, while depth lasts; those that share a flag are then there together."""
        hints = hints_of(kind)
        full = depth > 0 and self.random.random() < 0.7
        values = {}
        for name, hint in hints.items():
            if name in given or name == "return":
                continue
            # Dates come as Optional even where they are always there; what may be left out has a default.
            needed = inspect.signature(kind.__init__).parameters[name].default is inspect.Parameter.empty
            values[name] = self.of(hint, depth) if needed or full else None
        values.update(given)
        return kind(**values)


def kinds_of(field, owner):
    """All constructors a field of a class may hold."""
    hint = hints_of(owner)[field]
    return [each for each in typing.get_args(hint) if each is not type(None)]


def user(number, **more):
    given = dict(id=number, access_hash=number * 31 - 10 ** 15, first_name="First%d" % (number % 1000))
    given.update(more)
    return types.User(**given)


def channel(number, **more):
    given = dict(id=number, access_hash=-number * 77, title="Channel %d" % (number % 1000), photo=types.ChatPhotoEmpty(),
                 date=WHEN)
    given.update(more)
    return types.Channel(**given)


def group(number, **more):
    given = dict(id=number, title="Group %d" % (number % 1000), photo=types.ChatPhotoEmpty(), participants_count=3,
                 date=WHEN, version=1)
    given.update(more)
    return types.Chat(**given)


def names(*pairs):
    return [types.Username(username=name, active=active, editable=index == 0)
            for index, (name, active) in enumerate(pairs)]


FULL = Chance(5)

USERS = {
    "person": user(5000000001, username="Anna_B", phone="4917012345", last_name="Beispiel", contact=True,
                   photo=types.UserProfilePhoto(photo_id=7, dc_id=2, stripped_thumb=b"\x01\x02\x03"),
                   status=types.UserStatusOffline(was_online=WHEN)),
    "self": user(9996620001, is_self=True, first_name="Me", username="me_myself", phone="9996620001"),
    "bot": user(5000000002, bot=True, bot_info_version=3, username="some_bot", bot_inline_placeholder="...",
                bot_active_users=12),
    "deleted": user(5000000003, deleted=True, first_name=None),
    "nameless": user(5000000004, first_name=""),
    "premium": user(5000000005, premium=True, emoji_status=types.EmojiStatusCollectible(
        collectible_id=1, document_id=2, title="t", slug="s", pattern_document_id=3, center_color=4, edge_color=5,
        pattern_color=6, text_color=7, until=WHEN), color=types.PeerColorCollectible(
        collectible_id=1, gift_emoji_id=2, background_emoji_id=3, accent_color=4, colors=[1, 2, 3], dark_colors=[])),
    "many names": user(5000000006, usernames=names(("First_Name", True), ("switched_off", False), ("third_name", True))),
    "restricted": user(5000000007, restricted=True, last_name="Only",
                       restriction_reason=[types.RestrictionReason("all", "terms", "no")],
                       stories_max_id=types.RecentStory(max_id=7), lang_code="en"),
    "min": user(5000000008, min=True, username="min_user"),
    "no hash": user(5000000009, access_hash=None),
    "empty": types.UserEmpty(5000000010),
}

CHATS = {
    "group": group(4000001),
    "migrated": group(4000002, deactivated=True, migrated_to=types.InputChannel(1500000002, 12345),
                      default_banned_rights=types.ChatBannedRights(until_date=WHEN, send_media=True)),
    "group left": group(4000003, left=True, admin_rights=types.ChatAdminRights(change_info=True)),
    "group forbidden": types.ChatForbidden(4000004, "Thrown out"),
    "group empty": types.ChatEmpty(4000005),
    "broadcast": channel(1500000001, broadcast=True, username="News_Channel", participants_count=100000,
                         photo=types.ChatPhoto(photo_id=9, dc_id=4, stripped_thumb=b"\x00" * 40), verified=True),
    "megagroup": channel(1500000002, megagroup=True, default_banned_rights=types.ChatBannedRights(until_date=None)),
    "forum": channel(1500000003, megagroup=True, forum=True, forum_tabs=True, level=3),
    "gigagroup": channel(1500000004, gigagroup=True, megagroup=True),
    "many names": channel(1500000005, broadcast=True, usernames=names(("Main_Name", True), ("old", False), ("b", True))),
    "monoforum": channel(1002147483660, monoforum=True, megagroup=True, linked_monoforum_id=1500000001),
    "min": channel(1500000006, broadcast=True, min=True, username="min_channel"),
    "no hash": channel(1500000007, access_hash=None),
    "channel forbidden": types.ChannelForbidden(1500000008, -5, "Private", broadcast=True, until_date=WHEN),
    "megagroup forbidden": types.ChannelForbidden(1500000009, 6, "Banned from", megagroup=True),
    "community": types.Community(1500000010, "Roof", types.ChatPhotoEmpty(), date=WHEN, access_hash=77),
    "community forbidden": types.CommunityForbidden(1500000011, "Closed roof", access_hash=78),
}


def peer_of(entity):
    # By class: utils.get_peer would make the account itself disappear.
    if isinstance(entity, (types.User, types.UserEmpty)):
        return types.PeerUser(entity.id)
    if isinstance(entity, (types.Chat, types.ChatForbidden, types.ChatEmpty)):
        return types.PeerChat(entity.id)
    return types.PeerChannel(entity.id)


def dialog(entity, top, **more):
    return types.Dialog(peer=peer_of(entity), top_message=top, read_inbox_max_id=0, read_outbox_max_id=0,
                        unread_count=1, unread_mentions_count=0, unread_reactions_count=0, unread_poll_votes_count=0,
                        notify_settings=types.PeerNotifySettings(**more.pop("notify", {})), **more)


def text(entity, number, at, **more):
    return types.Message(id=number, peer_id=peer_of(entity), date=WHEN - datetime.timedelta(minutes=at),
                         message=more.pop("message", "hello"), **more)


def rows(answer):
    """What Telethon would write into its session file: id, hash, username, phone, name."""
    found = MemorySession()._entities_to_rows(answer)
    return sorted([list(row) for row in found or []], key=lambda row: row[0])


def page(name, answer, raw=None, **more):
    raw = raw or bytes(answer)
    dates = {}
    for each in answer.messages:
        if not isinstance(each, types.MessageEmpty):
            dates["%d/%d" % (utils.get_peer_id(each.peer_id), each.id)] = int(each.date.timestamp())
    return {
        "name": name,
        "answer": base64.b64encode(raw).decode(),
        "start": len(raw) - len(tail(answer)),
        "dialogs": len(answer.dialogs),
        "rows": rows(answer),
        "dates": dates,
        **more,
    }


def tail(answer):
    return (VECTOR + struct.pack("<i", len(answer.chats)) + b"".join(map(bytes, answer.chats))
            + VECTOR + struct.pack("<i", len(answer.users)) + b"".join(map(bytes, answer.users)))


def every_peer():
    known = list(USERS.values()) + list(CHATS.values())
    dialogs, messages = [], []
    for index, entity in enumerate(known):
        if isinstance(entity, types.Community):
            dialogs.append(types.DialogCommunity(entity.id, types.PeerNotifySettings()))
            continue
        dialogs.append(dialog(entity, 100 + index, pinned=index < 3, folder_id=1 if index % 7 == 6 else None,
                              pts=44 if isinstance(entity, types.Channel) else None,
                              notify=dict(silent=True, mute_until=WHEN,
                                          ios_sound=types.NotificationSoundRingtone(5),
                                          other_sound=types.NotificationSoundLocal("a", "b")) if index % 2 else {},
                              draft=draft(index)))
        messages.append(text(entity, 100 + index, index))
    dialogs.append(types.DialogFolder(types.Folder(1, "Archive"), peer_of(known[0]), 100, 1, 2, 3, 4, pinned=True))
    return page("every kind of peer", types.messages.Dialogs(dialogs, messages, list(CHATS.values()),
                                                             list(USERS.values())))


def draft(index):
    return [None, types.DraftMessageEmpty(date=WHEN), types.DraftMessage("not sent yet", date=WHEN), types.DraftMessage(
        "an answer", date=WHEN, reply_to=types.InputReplyToMessage(5, quote_text="you said", quote_entities=[
            types.MessageEntityBold(0, 3)]), entities=[types.MessageEntityItalic(0, 2)], effect=7,
        media=types.InputMediaWebPage("https://example.org"))][index % 4]


def slice_of(name, messages, more_users=(), **more):
    """Each message in a dialog of its own, with a person, a group or a channel in turn."""
    chats = [CHATS["group"], CHATS["megagroup"], CHATS["broadcast"]]
    people = [USERS["person"], USERS["bot"], USERS["min"]]
    dialogs = [types.Dialog(peer=each.peer_id, top_message=each.id, read_inbox_max_id=0, read_outbox_max_id=0,
                            unread_count=0, unread_mentions_count=0, unread_reactions_count=0,
                            unread_poll_votes_count=0, notify_settings=types.PeerNotifySettings())
               for each in messages]
    return page(name, types.messages.DialogsSlice(3000, dialogs, messages, chats, people + list(more_users)), **more)


def somebody(index):
    return [USERS["person"], CHATS["group"], CHATS["megagroup"], CHATS["broadcast"], USERS["bot"]][index % 5]


def all_media(chance):
    """A message with each kind of media, of markup and of everything else a message may have."""
    messages = []
    for index, kind in enumerate(kinds_of("media", types.Message)):
        messages.append(chance.make(types.Message, 3, id=1000 + index, date=WHEN, message="x" * index, action=None,
                                    reactions_are_possible=None, peer_id=peer_of(somebody(index)),
                                    media=chance.make(kind, 3)))
    for index, kind in enumerate(kinds_of("reply_markup", types.Message)):
        messages.append(text(somebody(index), 1100 + index, index, reply_markup=chance.make(kind, 4)))
    return messages


def all_actions(chance):
    return [chance.make(types.MessageService, 2, id=2000 + index, date=WHEN, peer_id=peer_of(somebody(index)),
                        action=chance.make(kind, 3))
            for index, kind in enumerate(kinds_of("action", types.MessageService))]


def ordinary():
    """The heads of messages in all their shapes, in front of the date."""
    person, room = USERS["person"], CHATS["megagroup"]
    return [
        text(person, 1, 1), text(person, 2, 2, out=True, silent=True),
        text(room, 3, 3, from_id=peer_of(person), from_rank="admin", from_boosts_applied=3),
        text(room, 4, 4, from_id=peer_of(person), fwd_from=types.MessageFwdHeader(
            date=WHEN, from_id=peer_of(CHATS["broadcast"]), channel_post=5, post_author="who",
            saved_from_peer=peer_of(room), saved_from_msg_id=4)),
        text(room, 5, 5, reply_to=types.MessageReplyHeader(
            reply_to_msg_id=4, reply_to_top_id=2, forum_topic=True, quote=True, quote_text="said",
            quote_entities=[types.MessageEntityTextUrl(0, 2, "https://example.org")], quote_offset=1)),
        text(person, 6, 6, reply_to=types.MessageReplyStoryHeader(peer_of(person), 3)),
        text(person, 7, 7, fwd_from=types.MessageFwdHeader(date=WHEN, from_name="hidden", imported=True),
             via_bot_id=5000000002, via_business_bot_id=5000000002, saved_peer_id=peer_of(person)),
        text(CHATS["broadcast"], 8, 8, post=True, views=5, forwards=2, post_author="editor", edit_date=WHEN,
             replies=types.MessageReplies(3, 4, recent_repliers=[peer_of(person)], comments=True, channel_id=5),
             reactions=types.MessageReactions([types.ReactionCount(types.ReactionEmoji("x"), 3)])),
        types.MessageService(id=9, peer_id=peer_of(CHATS["group"]), from_id=peer_of(person), date=WHEN,
                             action=types.MessageActionChatAddUser([5000000001])),
    ]


# Forgeries.

def forged_user(number, rest):
    """A user whose last string swallows the rest of the answer: flags 0 (hash) and 22 (language)."""
    head = struct.pack("<IIIqq", 0xb1b8cc83, 1 | 1 << 22, 0, number, 666)
    # Its length and what follows are a multiple of four, so the padding comes out even.
    return head + b"\xfe" + struct.pack("<I", rest)[:3]


def forged(rest):
    return VECTOR + struct.pack("<i", 0) + VECTOR + struct.pack("<i", 1) + forged_user(5000000001, rest)


def with_forgery(name, messages, **more):
    """The place of forty times 'Z' gets a list of users that ends exactly where the answer ends."""
    made = slice_of(name, messages, **more)
    raw = base64.b64decode(made["answer"])
    size = len(forged(0))
    at = raw.index(b"Z" * 100)
    at += -at % 4
    rest = len(raw) - at - size
    return dict(made, answer=base64.b64encode(raw[:at] + forged(rest) + raw[at + size:]).decode(), forgedAt=at)


def hostile():
    room = CHATS["megagroup"]
    in_text = [text(room, 1, 1), text(room, 2, 2, message="Z" * 200), text(room, 3, 3)]
    poll = types.Poll(id=5, question=types.TextWithEntities("which?", []), hash=0, answers=[
        types.PollAnswer(types.TextWithEntities("this", []), b"Z" * 200)])
    in_poll = [text(room, 1, 1), text(room, 2, 2, media=types.MessageMediaPoll(poll, types.PollResults()))]
    in_file = [text(room, 2, 2, media=types.MessageMediaDocument(document=types.Document(
        1, 2, b"", WHEN, "application/zip", 5, 2, [types.DocumentAttributeFilename("Z" * 200)])))]
    mallory = user(5000000666, first_name="Z" * 200)
    return [
        with_forgery("a list of users in a text", in_text),
        with_forgery("a list of users in the answer of a poll", in_poll),
        with_forgery("a list of users in the name of a file", in_file),
        with_forgery("a list of users in the name of a user", [text(room, 1, 1)], more_users=[mallory]),
    ]


def unknown_ends():
    """A user of a later layer at the end: the true end cannot be read any more; then with a forged one before it."""
    room = CHATS["megagroup"]
    plain = slice_of("a user of another layer", [text(room, 1, 1)])
    raw = base64.b64decode(plain["answer"])
    bad = struct.pack("<I", 0xb1b8cc84)
    alone = raw[:raw.rindex(struct.pack("<I", 0xb1b8cc83))] + bad + raw[raw.rindex(struct.pack("<I", 0xb1b8cc83)) + 4:]
    both = with_forgery("a user of another layer, and a forged list", [text(room, 1, 1, message="Z" * 200)])
    raw = base64.b64decode(both["answer"])
    at = raw.rindex(struct.pack("<I", 0xb1b8cc83))
    return [dict(plain, answer=base64.b64encode(alone).decode()),
            dict(both, answer=base64.b64encode(raw[:at] + bad + raw[at + 4:]).decode())]


def odd_drafts():
    """A draft with a picture: where that dialog ends cannot be known."""
    answer = types.messages.Dialogs(
        [dialog(USERS["person"], 1), dialog(CHATS["megagroup"], 2, draft=types.DraftMessage(
            "look", date=WHEN, media=types.InputMediaPhoto(types.InputPhoto(1, 2, b"ref")))),
         dialog(USERS["bot"], 3)],
        [text(USERS["person"], 1, 1), text(CHATS["megagroup"], 2, 2), text(USERS["bot"], 3, 3)],
        [CHATS["megagroup"]], [USERS["person"], USERS["bot"]])
    return page("a draft with a picture", answer, readable=2)


def main():
    assert LAYER == 229, LAYER
    for kind, number in OF_LAYER_228.items():
        assert kind.CONSTRUCTOR_ID == number, kind
    chance = Chance(42)
    pages = [
        every_peer(),
        slice_of("heads of all shapes", ordinary()),
        slice_of("every kind of media and markup", all_media(chance)),
        slice_of("every kind of media once more", all_media(Chance(43))),
        slice_of("every kind of event", all_actions(chance)),
        odd_drafts(),
        page("nothing at all", types.messages.Dialogs([], [], [], [])),
        page("deleted messages", types.messages.DialogsSlice(
            3, [dialog(USERS["person"], 5)], [types.MessageEmpty(5, peer_of(USERS["person"]))], [], [USERS["person"]])),
        page("dialogs without messages", types.messages.DialogsSlice(
            3, [dialog(CHATS["group"], 0)], [], [CHATS["group"]], [])),
    ]
    (HERE / "dialogs.json").write_text(json.dumps({"pages": pages, "hostile": hostile(), "unknown": unknown_ends()},
                                                  indent=1) + "\n")
    for each in pages:
        print(len(each["answer"]) * 3 // 4, each["dialogs"], len(each["rows"]), each["name"])


if __name__ == "__main__":
    main()
