"""Utterances of customers and agents: enough different sentences for every mood, from a seeded generator."""
import random

NEUTRAL = [
    "I would like to know where my order is.", "My parcel should have arrived on Monday.", "The tracking page has not moved for days.",
    "Can I still return the headphones?", "I was charged twice for the same order.", "How long does the warranty last?",
    "The invoice has the wrong address.", "I want to change the delivery address.", "Is express delivery possible to Ireland?",
    "The television has a dead pixel.", "The washing machine does not drain.", "I have a voucher and forgot to use it.",
    "Somebody said I would be called back.", "The box was open when it came.", "A part is missing from the box.",
]
POSITIVE = [
    "Thank you, that is very kind.", "Great, that helps me a lot.", "Perfect, I am happy with that.", "You have been really helpful today.",
]
NEGATIVE = [
    "This is the third time I call and I am really annoyed.", "Nobody ever helps me, this is frustrating.",
    "I am disappointed, this has taken far too long.", "That is not acceptable at all.",
]
FURIOUS = [
    "This is a disgrace, the worst service I have ever had!", "I want to speak to your supervisor right now!",
    "I am furious, you have lied to me twice!", "I will call my lawyer and cancel everything!",
]
AGENT = [
    "I am sorry about that, let me look.", "May I have the order number, please?", "I can see it here in front of me.",
    "One moment, I am checking this with the carrier.", "Is there anything else I can do for you?",
]


class Speech:
    """A sequence of sentences; `angry` in a hundred are furious."""

    def __init__(self, seed, angry=1, further=()):
        self.random = random.Random(seed)
        self.angry = angry
        self.further = list(further)

    def next(self):
        """(speaker, text) of the next utterance."""
        if self.random.random() < 0.4:
            return "agent", self.random.choice(AGENT)
        roll = self.random.randrange(100)
        if roll < self.angry:
            return "customer", self.random.choice(FURIOUS)
        if roll < 15:
            return "customer", self.random.choice(NEGATIVE)
        if roll < 25:
            return "customer", self.random.choice(POSITIVE)
        if self.further and roll < 70:
            return "customer", self.random.choice(self.further)
        return "customer", f"{self.random.choice(NEUTRAL)} {self.random.choice(NEUTRAL)}"
