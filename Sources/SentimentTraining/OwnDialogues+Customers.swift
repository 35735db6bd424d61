extension OwnDialogues {
    /// What customers of banks, telecoms, insurers and others need, in the form of ``needsOfGuests``.
    static let needsOfCustomers = """
        # bank
        ? my card was declined at the supermarket, why
        ? can you tell me why the card didn't work today
        ? there is money on the account and the card still doesn't work
        + There was a security block; I have lifted it and the card works again.
        + Your card expired yesterday, the new one is in your letter box.
        - You can order a second card in the app.
        - Your card is active.
        - Please contact the supermarket.
        > I just tried it and it works
        > ah, then I'll look in the post
        < active maybe, but it was declined
        < they sent me to you
        < that still leaves me without a card

        # bank
        ? I'd like to raise my transfer limit to 10,000
        ? how can I get a limit of 10000 for transfers
        ? the limit has to be ten thousand, by tomorrow
        + I have raised the limit to 10,000, it counts at once.
        + You can set it in the app under Limits, I've enabled that for you.
        - Transfers are free of charge.
        - Your limit is 2,000.
        - For that you must come to a branch.
        > I see it now, thanks
        > will it go back by itself?
        < I can see that, I'd like to change it
        < there is no branch within fifty miles
        < that's not possible by tomorrow for me
        ~ would five thousand work without a visit?

        # bank
        ? there's a fee of 12 euros that I don't recognise
        ? what is this 12 euro fee on my statement
        ? could you explain where those twelve euros come from
        + That is the yearly fee of the card; I've credited it as you closed the card in May.
        + It's for the replacement card of 3 May.
        - All fees are in our price list.
        - Fees can occur.
        - Would you like to hear about our savings account?
        > right, I remember now
        > thanks for explaining
        < the list doesn't have a fee of 12 euros
        < I know that fees can occur, but which one is this
        < no, I'd like an answer about the fee

        # bank
        ? I want to open an account for my daughter
        ? can a child of ten have an account with you
        ? an account for my daughter, she is ten, what do I need
        + Yes, from seven years on. You need her birth certificate, and I can make an appointment.
        + I've sent you the form, you can do it all online.
        - You already have an account with us.
        - Accounts are for adults only.
        - Which account do you mean?
        > tuesday at four would be good
        > the form is here, thank you
        < it isn't for me, it's for my daughter
        < your website says children can have one
        < I explained that at the beginning

        # bank
        ? I lost my card, please block it
        ? block my card please, it's gone
        ? has the card been blocked now?
        + Your card is blocked and a new one is on its way.
        + Blocked at 14:02, nobody can use it.
        - What is your card number?
        - You can find your PIN in the app.
        - Please visit your branch to report a lost card.
        > thank you, that is all for now
        > how long does the new one take?
        < I haven't got the card, so I can't read the number
        < not the PIN, the card is lost
        < a branch, on a sunday evening?

        # telecoms
        ? my internet has been slow since yesterday
        ? the connection is much slower than usual, what's going on
        ? it is still slow, could you check the line
        + There was a fault in your street, it is repaired. Please restart the router.
        + I've reset your line; you should have the full speed now.
        - Have you tried turning it off and on again?
        - Your contract is for 50 megabits.
        - Everything looks fine from here.
        > yes, it's back to normal
        > wow, much better
        < I've done that three times
        < fine on your side perhaps, not on mine
        < I get two of them, not fifty
        ~ can you send somebody?

        # telecoms
        ? I'd like to keep my number when I switch
        ? can I bring my phone number along to you
        ? the old number has to stay, how do I do that
        + Yes, just tell us the number and we do the rest.
        + It is ported on the 1st, you need not do anything.
        - You'll get a new number by text message.
        - We have several tariffs with a number.
        > my number ends with 88
        > excellent, that's what I hoped
        < I don't want a new one
        < that isn't what I meant, it is about my old number
        < then switching makes no sense for me

        # telecoms
        ? I was charged for roaming although I was at home
        ? there's roaming on my bill and I never left the country
        ? please take the roaming charge off the bill
        + That was our mistake, I've removed it.
        + You live near the border; I've credited it and switched off roaming.
        - Roaming costs 5 euros a day.
        - The bill is correct.
        - You can see your bill in the app.
        > thanks for sorting it out
        > good, then I'll pay the rest
        < I wasn't abroad
        < it can't be correct, I was at home
        < the app is where I saw it
        < then I have to take this somewhere else

        # telecoms
        ? when will the technician come today
        ? can you say roughly what time the technician is here
        ? the technician, is he coming today or not
        + He is on his way and will ring in twenty minutes.
        + Between two and three this afternoon.
        - Technicians work from eight to eight.
        - Your appointment is today.
        - I'm afraid he was there already, nobody answered.
        > good, somebody is at home
        > okay then I can go shopping first
        < I've taken a day off for this
        < I was here all morning, nobody rang
        < today has many hours

        # telecoms
        ? please put the contract in my wife's name
        ? can my wife take over the contract
        ? I would like the contract to be in her name from now on
        + I've sent you both a form, a signature is all we need.
        + Done, the next bill goes to her.
        - You can change your tariff every month.
        - Is your wife a customer?
        - Only the holder can cancel the contract.
        > she'll sign it tonight
        > thank you, very helpful
        < it's not about cancelling
        < I'm the holder, and I want her to have it
        < I am going round in circles here

        # insurance
        ? I want to report water damage in my kitchen
        ? there's water damage in the kitchen, how do I file a claim
        ? I would like to make a claim, a pipe burst in the kitchen
        + I have opened claim W118. An assessor calls you today.
        + I'm recording it now. Could you send two photos to this chat?
        - Our household policy costs 9 euros a month.
        - Please call the plumber first.
        - You need the claims department, they're closed.
        > here are the photos
        > when will he call?
        < I have a policy already
        < the plumber has been, it's about the damage
        < and who helps me until monday

        # insurance
        ? is my bike covered if it's stolen outside
        ? does the policy pay for a bicycle stolen in the street
        ? I only need to know whether the bike is covered
        + Yes, up to 1,500 if it was locked.
        + It is covered, at night too.
        - We have several policies for households.
        - The terms are in your documents.
        - That depends.
        > it was locked, so good
        > then I would like to report it
        < depends on what?
        < I read the documents and I'm none the wiser
        < a yes or no would be enough

        # insurance
        ? I sent the invoice three weeks ago, when do you pay
        ? has my invoice been processed, it has been three weeks
        ? I'm asking again about the invoice from the dentist
        + It was paid this morning, 240 euros.
        + It's approved, you have the money on Friday.
        - Invoices can be sent by post or in the app.
        - It takes up to ten working days.
        - We have no invoice from you.
        > there it is, thanks
        > friday is fine
        < ten days are over
        < you confirmed that you have it
        < should I send it a third time

        # insurance
        ? can I get a certificate for my new car today
        ? I need the insurance number for registering a car, today
        ? the car has to be registered today, could I have the number
        + Here is your number: it has just been sent to your phone.
        + Your certificate is in the app, under Documents.
        - A new car costs more than a used one.
        - You will receive it within five days.
        - Which car do you have now?
        > got it, you're the best
        > thanks, I'm going to the office now
        < five days is too late
        < I have the appointment in an hour
        < I already gave you the car's details

        # post
        ? I moved, please forward my letters
        ? can you send my mail to the new address from now on
        ? my letters still go to the old flat
        + Forwarding is set up from tomorrow for six months.
        + I've renewed it, the letters of this week follow.
        - Stamps are available online.
        - You have to write to each sender.
        - Forwarding is active according to our system.
        > great, that saves me a lot of work
        > is there a confirmation?
        < it may be active but the letters are not coming
        < a hundred senders? no
        < this is the second month without mail

        # energy
        ? my bill doubled, could you check the meter reading
        ? the bill is twice as high as last year, is the reading right
        ? I think the meter reading on the bill is wrong
        + You're right, two digits were swapped. Here is the corrected bill.
        + I've asked for a new reading, you need not pay until then.
        - Prices have gone up for everyone.
        - You can pay in instalments.
        - The reading is what you told us.
        > thank you for correcting it
        > good, I'll wait for the new bill
        < not by a hundred percent
        < I don't want to pay in instalments, I want it checked
        < I never gave you a reading

        # clinic
        ? I need an appointment with the eye doctor this week
        ? is there anything free with the eye doctor before friday
        ? this week, with the eye doctor, is that possible
        + Thursday at 10:40 is free, would that suit you?
        + You have the appointment on Wednesday at nine.
        - The next one is in March.
        - The doctor is in room 5.
        - For which doctor?
        > thursday suits me
        > wednesday at nine, thank you
        < march, and it's november
        < for the eye doctor, as I said
        < my eye hurts now
        ~ can another doctor have a look?

        # museum
        ? what does it cost to get in with two children
        ? how much is a ticket for a family of four
        ? the price for two adults and two kids please
        + A family ticket is 22 pounds.
        + Children are free, so it is 24 pounds altogether.
        - The museum opens at ten.
        - It is on Castle Street, in the centre.
        - I don't have the entrance fee.
        > okay, and where is it?
        > thanks, what is the postcode?
        < and the price?
        < I was asking what it costs
        < can you find out somehow

        # museum
        ? I'm looking for something to see in the west of town
        ? is there an attraction in the west, a museum or park maybe
        ? anything worth a visit in the west part of town
        + There are six museums in the west, the Clock House is free.
        + I recommend the Botanical Park, it's in the west and free.
        - Which area do you prefer?
        - There are no swimming pools in the west.
        - I found a nightclub in the south.
        > the clock house sounds good, can I have the phone number
        > is it open on sundays?
        < the west, as I wrote
        < nobody asked for a swimming pool
        < that's the wrong part of town
        ~ the centre would be alright as well

        # software
        ? I can't log in since the update
        ? after the update it doesn't accept my password, how do I get in
        ? I still can't sign in
        + I've reset your account, the new link is in your mailbox.
        + There was a fault in the update, it works again now.
        - You can change your picture under Settings.
        - Please log in to send us a ticket.
        - Have you forgotten your password?
        > I'm in, thank you
        > yes, now it works
        < I can't log in, that is the whole problem
        < I know my password
        < the link doesn't work either

        # software
        ? how do I export my invoices as a PDF
        ? where can I download all the invoices
        ? I need the invoices of last year as files
        + Under Billing there is a button Export. It makes one PDF a month.
        + I've sent you all of them in one file.
        - Invoices are sent on the first of each month.
        - You can pay by card.
        - This function is not available.
        > found it, thanks
        > that's exactly what I needed
        < I'd need them for the tax office though
        < that's about new ones, I mean the old ones
        < it was there last month

        # gym
        ? I want to end my membership in June
        ? how can I cancel the membership, end of June
        ? please confirm that my membership ends in june
        + Your membership ends on 30 June, the confirmation is in your mail.
        + I've cancelled it. You can train until the end of June.
        - We have new courses in June.
        - You can pause it for three months.
        - You have to cancel in writing.
        > thank you, it was a good time
        > alright, that's all
        < I don't want to pause it
        < I wrote two letters, nobody answered
        < that's not an answer to what I asked

        # car rental
        ? I'd like to add my husband as a second driver
        ? can my husband drive the car too
        ? put him on the contract as a driver please
        + He is added, it costs nothing.
        + I've added him; he needs to bring his licence.
        - The car has five seats.
        - Drivers must be 21.
        - That's only possible at the desk.
        > he is 40, and he'll bring it
        > oh nice, thanks
        < I'm aware of that, he is 40
        < seats? he should drive
        < the desk sent me to you

        # car rental
        ? is the car an automatic
        ? I need an automatic, is the one I booked one
        ? automatic or manual, which is it
        + It is an automatic.
        + Yours is a manual, I have changed it to an automatic at no cost.
        - It is a four-door car.
        - Or similar, depending on what is there.
        - We can't guarantee that.
        > wonderful
        > thanks for changing it
        < four doors are fine, but which gearbox
        < I can't drive a manual, so I need to know
        < then I can't take it

        # city
        ? how do I get a parking permit for residents
        ? where can I apply for a resident's permit
        ? what do I need for a parking permit
        + You can apply online, a passport and a registration are enough.
        + Come to desk 4 without an appointment, it takes ten minutes.
        - Parking is free on Sundays.
        - Our office has moved.
        - That's another department.
        > I'll do it online then
        > great, I'm coming tomorrow
        < which department then
        < I've been sent from one to the other all day
        < I live here, I need it every day

        # bank
        ? can you convert 200 euros into dollars for me
        ? I'd like dollars for 200 euros, what do I get
        ? how many dollars are 200 euros with you
        + You get 214 dollars, shall I order them?
        + 214 dollars, they're ready at the counter tomorrow.
        - The euro is stronger than last year.
        - We don't do that any more.
        > yes, please order them
        > tomorrow is early enough
        < a number would be helpful
        < you did it for me last summer
        < I'll ask the other bank then

        # train
        ? I left my jacket on the 7:12 to Bristol
        ? can somebody look for a jacket on this morning's 7:12
        ? the jacket, has anyone found it
        + It was handed in at Bristol, you can collect it there.
        + I've written to the train's crew, they have it.
        - The next train to Bristol leaves at 8:12.
        - We are not liable for lost property.
        - Lost property has no phone.
        > thank goodness, thanks
        > I'll fetch it tonight
        < I don't need a train, I need the jacket
        < so I just forget about it
        < is there any way to find out
        """
}
