# Every sentence of the bot in English. The same keys and variables stand in sw.ftl.

language-name = English

# Choices: at most 20 characters, so that they fit every button.
choice-menu = Menu
choice-back = Back
choice-stop = Stop
choice-help = Help
choice-language = Kiswahili / English
choice-counselor = Talk to a person
choice-book = Book a visit
choice-appointments = My bookings
choice-ask = Ask a question
choice-more = Tell me more
choice-source = Source
choice-related = Other questions
choice-yes = Yes
choice-no = No
choice-helped = It helped
choice-unhelped = It did not help
choice-none = Something else
choice-later = Later times
choice-move = Change the time
choice-cancel = Cancel the visit
choice-talk = Go on talking
choice-end = End the talk
choice-notnow = Not now
choice-settled = It is done
choice-unsettled = Not yet
choice-report = Count what happened
choice-helponly = Help only
choice-countme = Count me
choice-mystory = Share my story
choice-nocounty = I will not say
choice-thisweek = This week
choice-lastweek = Last week
choice-longago = Longer ago
choice-countonly = Only count me
choice-read = Read my reply
choice-where = Where to get PEP
choice-step = What now
choice-alone = I am alone
choice-together = Someone is here
choice-evidence = Keep the proof
choice-lockdown = Lock the accounts
choice-pay = Why not pay
choice-legal = Free legal help
choice-silent = What to say
choice-phone = My phone
choice-medicine = My medicine
choice-tonight = Where to sleep
choice-bag = What to take
choice-station = At the station
choice-bail = About bail
choice-when = Count the 72 hours
choice-under24 = Less than 24 hours
choice-to48 = 24 to 48 hours
choice-to72 = 48 to 72 hours
choice-over72 = More than 72 hours
choice-unknown = I do not know

# Who we are: at most 60 words, said once.
welcome-telegram = I am Msiri, a bot of { $organisation }. I do not need your name. I keep your messages locked for a short time; a counselor reads them only if you ask for a person or are in danger. Telegram can see that you wrote here. Whoever holds your phone can read this. Write MENU to see more.
welcome-whatsapp = I am Msiri, a bot of { $organisation }. I do not need your name. I keep your messages locked for a short time; a counselor reads them only if you ask for a person or are in danger. WhatsApp and Twilio also carry these messages. Whoever holds your phone can read this. Write MENU to see more.
welcome-sms = I am Msiri, a bot of { $organisation }. I do not need your name. I keep your messages locked for a short time; a counselor reads them only if you ask for a person or are in danger. Your phone company and Twilio can read SMS. Whoever holds your phone can too. Write MENU to see more.
welcome-web = I am Msiri, a bot of { $organisation }. I do not need your name. I keep your messages locked for a short time; a counselor reads them only if you ask for a person or are in danger. No other company carries this chat. Whoever sees your screen can read it. Write MENU to see more.

menu = Ask me anything about sex and health in your own words. Or choose:
greeting = Hello. What is on your mind? Write it in your own words, or choose:
ask = Go ahead. Write your question in your own words.
thanks = You are welcome. I am here when you need me.
help = Write your question in your own words. MENU shows what I can do. BACK goes one step back. STOP ends. COUNSELOR calls a person.
    In danger now:
    { $contacts }
stop = I will not write to you again unless you write to me. Take care.
language-ask = Which language do you like?
language-set = I will speak English.
nothing-back = We are at the start.
media = I cannot open pictures, voice notes or files here, and nobody has seen it. Please write it in words, or talk to a person.
media-again = Pictures, voice notes and files do not open here, and nobody sees them. A person can help, or write it in words.
media-talking = Pictures, voice notes and files do not arrive here, so { $counselor } has not seen it. Please write it in words.
empty = I got your message, but there are no words in it. Write your question in a few words.
empty-again = Still no words. If writing is hard now, talk to a person, or choose from the menu.
passed = That choice is no longer open. Here is where we are:
no-choice = I do not see which one you mean. Please choose one of these, or write MENU.
no-choice-again = I still do not see which one. Send its number, or talk to a person.
trouble = Something went wrong on our side. Your message is kept. Please write it once more, or talk to a person.

helped = Good. These go with it:
helped-alone = Good. I am here when you need me.
unhelped = Sorry it did not help. A person can, or one of these:
unhelped-alone = Sorry it did not help. A person can.
related = These go with it:
related-alone = I have nothing more that goes with it. Ask in your own words, or choose:
no-more = There is nothing more on this. You can ask something else.
source = { $sources } { $review }
source-reviewed = Approved by { $by } on { $on }.
source-unreviewed = The organisation's own clinician has not approved this text yet.
ask-first = Ask me something first. Then I can tell you more, and where the answer comes from.
from-to = { $first } to { $last }
not-told-clinic_hours = I was not told our opening hours. A person here can tell you.
not-told-clinic_place = I was not told where the clinic is. A person here can tell you.
not-told-clinic_prices = I was not told what our clinic asks for. A person here can tell you.
not-told-pep_at_night = I was not given a list of places with PEP at night. A person here may know one. Do not wait for the reply: go.

call = { $label }: { $number }
call-free = { $label }: { $number } (free)
call-free-always = { $label }: { $number } (free, day and night)

unsure = I want to be sure. Do you mean:
unsure-again = I am still not sure. Is it one of these?
also-asked = You also asked: { $titles }. Choose it below when you are ready.
none-of-these = Tell me in other words, or talk to a person.
miss-first = I have no checked answer to that yet. Maybe one of these is close. You can also say it in other words.
miss-bare = I have no checked answer to that yet. Please say it in other words, or talk to a person.
miss-second = I still have no checked answer to that. A peer counselor can help. Shall I call one?
miss-third = I cannot answer this one, and I do not want to guess. A person can help, or look at the menu.
not-now = All right. Ask me anything, whenever you like.

book-service = What is the visit for?
book-day = { $service }: which day suits you?
book-time = { $day }: which time?
book-confirm = { $service } on { $day } at { $time }, { $place }. Shall I book it?
book-done = Done. Your code is { $code }. Show only the code at { $place } on { $day } at { $time }. No name is needed. To change it, write MY BOOKINGS.
book-moved = Changed. Your new code is { $code }. Show only the code at { $place } on { $day } at { $time }. The old time is free again.
book-full = Nothing is free in the next two weeks. A counselor can look for another way.
book-taken = Somebody just took that time. These are still free on { $day }:
book-gone = That time can no longer be booked. These are free on { $day }:
book-taken-day = Somebody just took that time, and nothing else is free that day. { $service }: which other day?
book-gone-day = That day can no longer be booked. { $service }: which other day?
book-not-done = Nothing is booked.
book-kept = All right, nothing has changed. Your visit is on { $day } at { $time }, code { $code }.
book-have = You already have a visit on { $day } at { $time }, code { $code }. Do you want to change it?
book-none = You have no visit booked.
book-nothing-offered = Booking is not open here yet. A person can help.
book-cancelled = The visit on { $day } is cancelled.

wait-on-shift = I have called a peer counselor. Someone is on shift and will write to you here. You can go on asking me while you wait.
wait-nobody = Nobody is on shift now. Someone will read this after { $opens } and write to you here. Until then I can answer what I know.
    In danger now:
    { $contacts }
wait-already = A peer counselor has been called already and will write to you here. You can go on asking me meanwhile.
took = { $counselor } is here now, a peer counselor. What you write goes to { $counselor } until the talk is over. Write STOP to end it.
closed = { $counselor } has ended the talk. I am the bot again. Write COUNSELOR if you need a person again.
closed-unanswered = A counselor has closed your request. I am the bot. Write COUNSELOR if you still need a person.
again-with = { $counselor }, who talked with you last, is on shift and goes on with you here. What you write goes to { $counselor } until the talk is over. Write STOP to end it.
left-unanswered = { $counselor } has not been able to answer you in time.
left-back = { $counselor } cannot go on just now.
moved-on = I have called the other counselors; one of them will write to you here. You can go on asking me while you wait.
moved-nobody = Nobody else is on shift now. Someone will read this after { $opens } and write to you here. Until then I can answer what I know.
    In danger now:
    { $contacts }
moved-to = { $counselor } goes on with you from here, a peer counselor too. What you write goes to { $counselor } until the talk is over. Write STOP to end it.
closed-silent = Nobody has written here for 12 hours, so this talk is closed. I am the bot again. Write COUNSELOR if you need a person again.
ended = The talk is over. I am the bot again.
talking-menu = You are talking to { $counselor }.
talking-still = Go on, { $counselor } reads what you write.
knock-answered = Thank you. { $counselor } sees that you are here, and writes to you as soon as possible.

# PEP: the 72 hours
pep-sorry = Sorry, that is a fright.
pep-haste = There may still be time to stop HIV, and haste counts: PEP pills work only if they start within 72 hours, and the sooner the better.
pep-friend = Good that you look out for somebody else. Pass this on to them, or go with them.
pep-when = About how long ago was it?
pep-unclear = I could not tell the time from that. Roughly is enough: how long ago was it?
pep-left = You are in time for PEP, the pills that can stop HIV if they start within 72 hours. By that count about { $hours } hours are left, and each one matters: go now, not tomorrow.
pep-nearly = You may still be in time for PEP, the pills that can stop HIV, but the 72 hours are nearly over. Go now, in this hour.
pep-unknown = Then let us count it as urgent: go today, now if you can. The clinic decides with you whether PEP still helps.
pep-open = Open now, until { $time }: { $place }. Or any public hospital.
pep-shut = { $place } opens on { $day } at { $time }. Do not wait for that if you can get to the emergency desk (casualty) of a big public hospital sooner.
pep-hospital = Go to the nearest hospital, to its emergency desk (casualty). A big public hospital is the best choice.
pep-slot = The first free time today is { $time }.
pep-book = Book { $time }
pep-say = Ask for PEP, and say how many hours ago it was. Nothing else needs explaining first.
pep-later = In an hour I ask once how it went, without saying what it is about. STOP prevents that.
pep-over = By that count more than 72 hours have passed. If it may have been less, go to a hospital now and ask.
pep-late = PEP is not likely to work any more, but you can still do a lot. Take an HIV test now and again after 4 weeks. Ask the clinic for an STI check and the hepatitis B vaccine.

# What the bot says unasked: it must tell a bystander nothing.
remind = How did it go? A number is enough.
remind-settled = Good. I am here if anything is unclear, today and later.

alarm-suicide = Thank you for telling me. I hear a lot of pain, and you are not alone with it. Please move away from anything you could hurt yourself with, and go where somebody is. Call now:
    { $contacts }
    { $called } Are you safe this minute?
alarm-sexual-violence = I am sorry this happened. It is not your fault. Go to a safe place, then to a hospital, best within 72 hours. If you can, do not wash first. If you washed, still go. Hospital comes before police.
    { $contacts }
    { $called } Are you safe this minute?
alarm-partner-violence = You do not deserve this, and it is not your fault. If you are in danger now, go where other people are. Call:
    { $contacts }
    { $called } Are you safe this minute?
alarm-blackmail = This is a crime against you, and it happens to many people. Do not pay, do not meet, do not delete the chat: take screenshots first. Paying often brings the next demand. { $called } A counselor can find you legal help.
alarm-arrest = Stay calm and do not run. You may stay silent and ask for a lawyer before you say or sign anything. Ask to call somebody you trust. { $called } A counselor can find you legal help.
alarm-medical-emergency = This needs a hospital now. Go to the nearest one, or call:
    { $contacts }
    { $called }
alarm-child-abuse = Thank you for saying this. A child must be safe first. Childline helps day and night, and you need not give details here. Call:
    { $contacts }
    { $called }
alarm-friend-suicide = Thank you for looking out for them. Do not leave them alone now, and if it is safe, move pills, poison and blades away. If they have taken something or are hurt: hospital now. Call, you can call for them:
    { $contacts }
    { $called }
alarm-friend-sexual-violence = I am sorry this happened to them. Believe them, and help them to a safe place, then to a hospital, best within 72 hours. Hospital comes before police. Call, you can call for them:
    { $contacts }
    { $called }
alarm-friend-partner-violence = It is good that they have you. If they are in danger this minute, call for help, and do not step between them yourself:
    { $contacts }
    { $called }
alarm-friend-medical-emergency = They need a hospital now. Take them to the nearest one, or call. Stay with them:
    { $contacts }
    { $called }
alarm-friend-child-abuse = Thank you for speaking up for a child. Childline helps day and night, also those who worry about a child. You need not give details here. Call:
    { $contacts }
    { $called }
alarm-friend-blackmail = This is a crime against your friend, and it happens to many people. Tell them: do not pay, do not meet, do not delete the chat. Stay near them, shame is heavy alone. { $called } A counselor can find legal help.
alarm-friend-arrest = Find out which station they are at, and do not go there alone. They may stay silent and ask for a lawyer before they say or sign anything. { $called } A counselor can find legal help.
alarm-passed = Your words have been passed on, marked urgent.

# One step at a time, while a counselor is on the way
step-place = I am still here with you. One thing now: go where somebody is, even if you say nothing to them. Or call:
    { $contacts }
step-breath = I am with you. Breathe in slowly, count to four, and breathe out slowly. Five times. Nothing else for this minute.
step-alone = Are you alone right now?
near-alone = Then let us change that first. Knock at a neighbour's door, or call one person and say only: please stay with me. If nobody comes to mind, call:
    { $contacts }
near-together = Good. Ask them to stay with you. You may show them this chat, or say only: I am not well, please stay.
step-means = One thing for your safety: pills, poison, ropes, blades. Ask somebody to take them away, or go to a room where they are not.
step-senses = Look around slowly. Name five things you can see, four you can touch, three you can hear. You need not write them here.
step-someone = You are not alone with this. Is there one person you could sit with, or call, until the counselor writes?
step-waiting = I am still here. { $called } What you wrote is kept for them, so you need not tell it twice.
step-shelter = First a safe place: a friend, a neighbour, a shop, a hospital. Anywhere the person who hurt you is not.
step-clothes = If you can, do not wash or change yet, and carry the clothes in a paper bag. If you have washed already, that is all right. Still go.
step-hospital = Then a hospital, best within 72 hours. They treat wounds, give PEP to stop HIV, and keep proof. It is for every gender, and care in public hospitals is free. About police you decide later.
step-out = If you can leave safely, go where other people are: neighbours, a shop, a hospital. If you cannot, call, or let a neighbour call:
    { $contacts }
step-choked = Did they hold your neck? Then go to a hospital today, even without marks. Say that you were choked.
step-bag = Take what you will need, quietly: ID, phone, charger, some money, your medicine. If it is dangerous to go back for it, leave it.
step-go = Go now. Ask a neighbour, a boda or a taxi to take you to the nearest hospital, or call:
    { $contacts }
step-company = Do not stay alone with this. Tell somebody near you, open the door, and keep your phone on.
step-bring = If it is at hand, bring the names of the medicines you take, PrEP or ARVs too. Hospitals keep that private. Do not lose time over it.
step-childline = Call or text Childline. No answer? Try again, and then the next number:
    { $contacts }
step-adult = Is there a grown-up you trust: a relative, a teacher, a nurse? Tell them one sentence: I need help. If the first does not listen, tell another.
step-child-hospital = After forced sex or touching: a hospital, best within 72 hours. If possible no washing first. Later than that, still go. It is never the child's fault.
step-evidence = Save it before anything is lost: screenshots with the name and the time, the phone number, the profile link, M-Pesa messages. Keep a copy with somebody you trust.
step-lockdown = After the proof is saved: change the passwords from a safe phone, turn on two-step login, log out all other devices, hide your friends list. Then block them.
step-pay = Paying rarely ends it, it mostly brings the next demand. If you have paid already, you are not stupid: stop now and keep the payment messages, they are proof.
step-trust = Tell one person you trust. What is known to a friend is easier to carry. For legal steps see a lawyer or paralegal before the police.
step-silent = Give your name. Then say only: I want to speak to my lawyer. You may be silent on all the rest. Do not fight, and sign nothing that you have not read.
step-phone = Do not unlock your phone, and do not talk about your sex life. Ask for the officer's name, the station and the OB number.
step-body = Nobody may force an anal examination on you: the Court of Appeal has said that it is unlawful. Say: I do not consent.
step-medicine = Say that you take medicine every day and need it. You need not say which illness. Somebody may bring it to you.
step-bail = Cash bail is paid back later: ask for the official receipt. You must be brought to court within 24 hours, or on the next court day. A bribe does not close a case.
step-tonight = For tonight, one safe person: a friend, a relative, a neighbour. Do not sleep outside alone, and do not go to a stranger from an app for a bed.
step-friend-ask = Ask them straight: are you thinking of killing yourself? Asking does not plant the idea. Then listen, without judging.
step-friend-stay = Stay with them, or on the line, until somebody else is there. Do not promise to keep it secret.
step-friend-means = If it is safe for you, put away pills, poison, ropes and blades.
step-friend-bring = Bring in one more person they trust. A plan and a time, or something already taken: hospital now.
    { $contacts }
step-friend-self = This is heavy for you too. You need not carry it alone: you can talk about yourself here as well.
step-friend-believe = Say three things: I believe you. It is not your fault. I am here. Do not press for details.
step-friend-hospital = Offer to go with them to a hospital, best within 72 hours: PEP, treatment, proof. No washing first, if they can; if they have washed, still go.
step-friend-police = The police are their choice, and can wait. Tell nobody else what happened unless they say yes.
step-friend-plan = Leaving can be the most dangerous time. Do not push. Help with a quiet plan: a bag, some money, a safe door, a code word.
step-friend-choked = Was their neck held? Then a hospital today, even without marks. Do not contact the one who does this, and post nothing about it.
step-friend-watch = Stay beside them and keep talking to them. If they cannot be woken or stop breathing, say that first when you call.
    { $contacts }
step-friend-listen = If the child tells you: listen calmly and say, you did right to tell me, it is not your fault. Promise nothing you cannot keep, and do not confront the one who did it.
step-station = Go with a second person, best a paralegal. Ask for the OB number, the officer's name and what the charge is. Say nothing about your friend's private life.
step-friend-medicine = Bring their daily medicine, food and a jacket. At the desk you need not say what the medicine is for.
called-now = I am calling a counselor here too.
called-later = Nobody is on shift now; a counselor reads this after { $opens }.
called-there = { $counselor } reads this too.
alarm-safe = Good. Stay near somebody if you can. Write to me at any time, I am here.
alarm-unsafe = Please call one of these now, or go to somebody near you. { $called }
    { $contacts }
choice-safe = I am safe
choice-doubtful = I am not sure
choice-unsafe = I am not safe

# Counting what happened, after help
report-offer = If you like, what happened can be counted, so that more is done against it. It tells nobody who you are.
report-ask = You decide, and help does not depend on it. "Count me" keeps the kind, the county and the week, apart from this chat. "Share my story" also keeps your own words. Nothing leads back to you, so it cannot be taken back later.
report-none = All right. Nothing of it is kept. I am here when you need me.
report-county = Which county was it in? Write its name.
report-no-county = I do not know that county. Write its name only, or choose:
report-no-county-again = That is no county that I know. You need not say it:
report-county-unsaid = county not said
report-week = And when was it?
report-week-unsaid = longer ago
report-story = Write it in one message, in your own words. Leave out names, numbers and places, yours and those of others. If you are in danger now, talk to a person.
report-kept = Thank you. Only this is kept: { $what }.
report-kept-story = Thank you. Only this is kept: { $what }, and your words, locked. Whoever shares them takes out what could show who you are.

# What staff see
reason-asked = asked for a person
reason-suicide = thoughts of suicide
reason-sexual-violence = sexual violence
reason-partner-violence = partner violence
reason-blackmail = blackmail
reason-arrest = arrest or police
reason-medical-emergency = medical emergency
reason-child-abuse = a child in danger
reason-pep-window = possible exposure within 72 hours
desk-notice = { $alias } waits: { $reason }. { $urgent } Open the console.
desk-again = { $alias } still waits, { $minutes } min. { $who }: open the console.
alert-shift = Who is on shift
alert-all = Everybody
alert-lead = Shift lead
alert-second = Nobody has confirmed the alert. Somebody else
reason-not-on-shift = not sent: whoever wrote is not on shift, in a pause, or has enough cases; begin a shift on the console
desk-trouble = { $alias }: something they sent could not be handled. Open the console.
desk-surge = SURGE: many more incidents than usual are reported this week. Those in danger come first in the queue. Whoever can, begin a shift in the console.
desk-stranger = ALARM: somebody joined this group who is no known member of staff. Clients' words are not shown here any more; the console goes on. Remove them, or, if they may stay, write /known.
desk-confirmed = A known member has confirmed who is here. Clients' words are shown again.
desk-urgent = URGENT.
reason-undelivered-window = undelivered: the 24 hours of WhatsApp are over
reason-undelivered-gone = undelivered: the client cannot be reached
reason-window-closed = not sent: the 24 hours of WhatsApp are over, and words would not arrive. Send "you have a reply" by its button, or by /reply in the thread
reason-window-bare = not sent: the 24 hours of WhatsApp are over, and no template is set up. Wait until the client writes again
reason-window-open = "you have a reply" is not needed: the client wrote within 24 hours, so write freely
reason-window-knocked = "you have a reply" was sent already; the client has not answered it yet
reason-knocked = "You have a reply" goes to the client
