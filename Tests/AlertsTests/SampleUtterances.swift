/// What people say, with the signals that should be noticed: written for these tests, as chat and as speech.
enum SampleUtterances {
    static let customers = """
        threat_to_leave: I want to cancel my contract
        threat_to_leave: i want to cancel my subscription right now
        threat_to_leave: please close my account
        threat_to_leave: I'm going to switch to another provider if this isn't fixed
        threat_to_leave: im switching to a different company
        threat_to_leave: I'll take my business elsewhere
        threat_to_leave: you just lost a customer
        threat_to_leave: you are about to lose me as a customer
        threat_to_leave: I will never buy anything from you again
        threat_to_leave: ill never order from you guys again
        threat_to_leave: thats the last time i order from ohmstead
        threat_to_leave: I'm done with your company
        threat_to_leave: maybe I should go to your competitor
        threat_to_leave: then I am going to shop somewhere else
        threat_to_leave: i wont be renewing my membership
        threat_to_leave: get me out of this contract
        threat_to_leave: I have been a customer for ten years and I am thinking of leaving
        threat_to_leave, deletion_request: if it isn't here tomorrow you can delete my account
        legal_threat: I will sue you
        legal_threat: i'm gonna sue you for this
        legal_threat: see you in court
        legal_threat: you will be hearing from my lawyer
        legal_threat: i will take you to court
        legal_threat: I'm considering legal action
        legal_threat: if you do not refund me i will sue you
        legal_threat: my solicitor will be in touch
        legal_threat: i'll take this to small claims court
        legal_threat: ive already spoken to a lawyer about this
        regulator: I am going to report you to the ombudsman
        regulator: i'll complain to trading standards
        regulator, complaint: I'll file a complaint with consumer protection
        regulator: my next call is to the data protection authority
        supervisor_request: I want to speak to your supervisor
        supervisor_request: let me talk to a manager
        supervisor_request: get me your manager now
        supervisor_request: can you put me through to a supervisor please
        supervisor_request: i demand to speak with someone in charge
        supervisor_request: is there a manager i can talk to
        supervisor_request: I'd like to talk to someone higher up
        supervisor_request: who is your boss
        supervisor_request: please escalate this
        supervisor_request: give me your manager
        repeated_contact: this is the third time I call
        repeated_contact: this is the third time im calling about this
        repeated_contact: I have called you four times already
        repeated_contact: ive explained this to three of your colleagues already
        repeated_contact: how many times do i have to explain this
        repeated_contact: nobody called me back
        repeated_contact: i keep getting transferred
        repeated_contact: I've been trying to reach you for weeks
        repeated_contact: I already contacted you last week about it
        repeated_contact: no one ever replied to my emails
        repeated_contact: this is my fifth email
        repeated_contact: every time I call I get a different answer
        repeated_contact: i am calling again about the same order
        vulnerability, bereavement: my husband passed away last month
        vulnerability: I am in a wheelchair
        vulnerability: my mother has dementia
        vulnerability: I just lost my job
        vulnerability: i cant afford to eat
        vulnerability: I keep my insulin in that fridge
        vulnerability: I am blind and cannot read the screen
        vulnerability: she is in hospital
        vulnerability, self_harm: sometimes I want to kill myself
        vulnerability, self_harm: i dont want to live anymore
        abuse: you are an idiot
        abuse: you stupid idiots
        abuse: fuck you
        abuse: shut up
        abuse: are you stupid
        abuse: go to hell
        abuse: you're all useless idiots
        threat_of_violence: I will kill you
        threat_of_violence: i know where you live
        threat_of_violence: I'm going to find you and make you pay
        safety: the charger caught fire
        safety: there is smoke coming out of the washing machine
        safety: it smells like burning
        safety: I got an electric shock from the toaster
        safety: sparks are flying out of the socket and sparks came from the plug
        safety: the battery is swollen
        safety: the laptop exploded
        safety: my son burned his hand on it
        safety: it is not working and smoke is coming out
        safety: the plug has melted
        safety: i can smell gas
        safety: the dryer started smoking
        publicity_threat: I will post this on facebook
        publicity_threat: I will go to the press
        complaint: I want to make a formal complaint
        fraud: I did not place this order
        outage: your website is down
        outage: the app is not working
        legal_threat, threat_to_leave: I am cancelling my contract and you will hear from my lawyer
        threat_to_leave: Ich kündige meinen Vertrag
        threat_to_leave: dann gehe ich zur Konkurrenz
        threat_to_leave: Ich werde nie wieder bei Ihnen bestellen
        legal_threat: Ich schalte meinen Anwalt ein
        legal_threat: wir sehen uns vor Gericht
        regulator: Ich melde das der Verbraucherzentrale
        supervisor_request: Ich möchte mit Ihrem Vorgesetzten sprechen
        supervisor_request: verbinden sie mich mit dem Teamleiter
        repeated_contact: Ich rufe jetzt zum dritten Mal an
        repeated_contact: ich habe schon dreimal angerufen
        vulnerability: Meine Mutter liegt im Krankenhaus
        abuse: Sie sind ein Idiot
        deletion_request: please delete my account
        deletion_request: I want everything you have stored about me erased, delete all my data
        deletion_request: Bitte löschen Sie mein Konto
        deletion_request: ich möchte, dass meine Daten gelöscht werden
        publicity_threat: I'll leave you a one star review
        publicity_threat: this is going on trustpilot
        publicity_threat: das poste ich auf Facebook
        supervisor_request: can I talk to someone who's actually in charge there
        safety: my phone's battery is bulging
        safety: the power bank has swollen up
        safety: my tablet is smoking
        safety: there's a smoking charger on my desk
        safety: der Akku hat sich aufgebläht
        outage: is your site down?
        outage: I get error 500 when I log in
        outage: the page won't load
        outage: your website keeps crashing
        outage: I can't get past the login page
        outage: ist eure Seite gerade down?
        outage: die Seite lädt nicht
        outage: beim Einloggen kommt Fehler 500
        complaint: ich möchte eine Beschwerde einreichen
        fraud: diese Abbuchung kenne ich nicht, eine Zahlung, die ich nicht gemacht habe
        vulnerability, bereavement: mein Vater ist gestorben
        vulnerability: meine Mutter ist dement
        vulnerability: ich habe meinen Job verloren
        vulnerability, self_harm: ich denke daran, mich umzubringen
        threat_of_violence: ich schlage euch alle zusammen
        safety: es kommt Rauch aus der Maschine
        safety: Ich habe einen Stromschlag bekommen
        """

    static let harmless = """
        -: Hello, where is my parcel?
        -: I won't sue you
        -: I am not going to sue you, I just want my money back
        -: I don't want to cancel my contract
        -: I do not want to cancel my membership, only change the address
        -: My supervisor told me to order five of these
        -: I need to ask my manager first
        -: my boss told me to call you
        -: I don't need to speak to a manager
        -: I want to cancel my order
        -: how do I cancel the appointment
        -: can I change the delivery address
        -: this is the first time I order here
        -: the second item is missing
        -: I was shocked by the price
        -: do you sell smoke detectors
        -: does the fire tv stick work with this television
        -: nobody was hurt and there is no smoke
        -: thank you so much for calling me back
        -: I'm sick of waiting
        -: the battery died after a year
        -: my phone is dead
        -: damn, that was my mistake
        -: that was a stupid question, sorry
        -: I feel like an idiot
        -: this is crap
        -: what the hell is taking so long
        -: the film was a killer
        -: I would like to return these headphones
        -: how long is the warranty
        -: is it possible to pay by invoice
        -: I ordered it on the third of May
        -: I need a new router with a good range
        -: what time do you close
        -: the end of the contract is in May, right
        -: do I need a voltage regulator for this
        -: thanks Sue you have been great
        -: I had to leave work early to wait for the driver
        -: when will the tennis court lights arrive
        -: I would like a table for two people at seven
        -: I need a train to Cambridge leaving after ten
        -: can you book me a taxi to the hotel
        -: I am looking for a cheap hotel in the centre
        -: Ich möchte nicht kündigen
        -: Wo ist mein Paket?
        -: Mein Chef hat gesagt, ich soll anrufen
        -: Ich will Sie nicht verklagen
        -: there was a charge on my card, what is it for
        -: please leave the parcel with the neighbour
        -: leave a note for the driver please
        -: please delete the old address from my account
        -: how do I delete an article from my basket in my account
        -: the box was swollen from the rain
        -: I got a shock when I saw the price
        -: does the freezer have a medicine compartment
        -: the app on my tv won't load Netflix
        -: the oven shows error 500
        -: my router says no internet
        -: Bitte löschen Sie die zweite Adresse aus meinem Konto
        -: Der Anwalt wohnt im zweiten Stock
        -: die Lampe brennt nicht
        -: Die Waschmaschine zeigt Fehler 503
        -: Welche Seite der Box ist der Eingang?
        -: Mein Chef möchte ein Angebot
        """

    static let agents = """
        agent_promise: I will call you back tomorrow
        agent_promise: we'll get back to you
        agent_promise: You will receive your refund within five days
        agent_promise: I promise it will be there on Friday
        agent_promise: I'll make sure that it is sent today
        agent_promise: a colleague will call you this afternoon
        agent_promise: Ich rufe Sie morgen zurück
        -: I cannot promise that
        -: How can I help you today?
        -: Let me look into this for you
        -: May I have your order number?
        -: Thank you for calling
        """
}
