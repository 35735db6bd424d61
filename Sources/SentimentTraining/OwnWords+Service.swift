extension OwnWords {
    /// Words of customer service that no other source rates: deliveries, networks, banks, flights, shops, calls.
    static let service = """
        -2.4 fraud phishing hacked hacker breach breached leaked stole thief embezzled overbilled misbilled doublecharged
        -2.2 hungup ghosted gaslighting gaslit lied bullied harassed harassing threatened threatening blackmail coerced
        -2.0 unprofessionally disrespected belittled insulted humiliated yelled shouted screamed snapped mocked
        -2.0 unanswered unreturned unacknowledged unreachable uncontactable uncooperative unaccommodating unapologetic
        -1.8 noshow no-show undelivered nondelivery misdelivered misrouted crushed smashed bent soaked opened tampered
        -1.8 overbooking overbooked deplaned grounded diverted cancellations cancelation delaying delays layovers stranding
        -1.8 throttled throttling buffering pixelated disconnects disconnecting dropouts outage unresponsive unreachable
        -1.8 spam spammed spamming robocall robocalls telemarketers scammy unsolicited pestering nagging bombarded hounded
        -1.6 disputed dispute chargeback overdraft overdrawn declined bounced locked blocked frozen flagged terminated
        -1.6 miscommunication misinformation misinformed misunderstanding misquoted contradicting contradictory contradict
        -1.6 struggle struggled struggling fight fighting begging begged plead pleading chase chasing chased hounding
        -1.4 resend repeatedly constantly continually continuously perpetually forever nonstop incessant
        -1.4 disappointment disillusioned disheartened discouraged discouraging demoralized defeated resigned fedup
        -1.2 reimburse reimbursement compensate compensation lawsuit attorney legal sue suing court bbb tribunal
        -1.2 fee fees penalty surcharge markup overage overages deductible unpaid arrears debt debts collections
        -1.2 offline timeout hangs lagged spinning reboot rebooting reinstall blackout static interference
        -1.0 unless excuses excuse blame blamed blaming apology apologies apologize apologise apologized redundant
        -0.8 asap immediately urgent urgently supposedly allegedly apparently whatsoever anymore elsewhere instead
        1.0 noted understood confirmed approved activated delivered received arrived refunded credited restored replaced
        1.4 fixed repaired upgraded waived reimbursed complimentary bonus discount discounted discounts freebie freebies
        1.6 proactive proactively hands-on diligent dedicated devoted committed accountable transparent trusted trustworthy
        1.8 painless stress-free worryfree hasslefree troublefree foolproof userfriendly user-friendly well-organized
        1.8 cheerful cheerfully bubbly friendliest kindest nicest sweetest warmest smiling upbeat attentively hospitably
        2.0 rescued saved saves saviour savior hero heroes angel angels rockstar rockstars champ legend legends
        """
}
