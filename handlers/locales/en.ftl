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
choice-where = Where to get PEP

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
not-told = I do not know that for sure. Ask a person here: they know how it is today.

call = { $label }: { $number }
call-free = { $label }: { $number } (free)
call-free-always = { $label }: { $number } (free, day and night)

unsure = I want to be sure. Do you mean:
unsure-again = I am still not sure. Is it one of these?
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
ended = The talk is over. I am the bot again.
talking-menu = You are talking to { $counselor }.
talking-still = Go on, { $counselor } reads what you write.

alarm-suicide = Thank you for telling me. I hear a lot of pain, and you are not alone with it. Please move away from anything you could hurt yourself with, and go where somebody is. Call now:
    { $contacts }
    { $called } Are you safe this minute?
alarm-sexual-violence = I am sorry this happened. It is not your fault. Go to a safe place, then to a hospital, best within 72 hours. If you can, do not wash first. If you washed, still go. Hospital comes before police.
    { $contacts }
    { $called }
alarm-partner-violence = You do not deserve this, and it is not your fault. If you are in danger now, go where other people are. Call:
    { $contacts }
    { $called }
alarm-blackmail = This is a crime against you, and it happens to many people. Do not pay, do not meet, do not delete the chat: take screenshots first. Paying often brings the next demand. { $called } A counselor can find you legal help.
alarm-arrest = Stay calm and do not run. You may stay silent and ask for a lawyer before you say or sign anything. Ask to call somebody you trust. { $called } A counselor can find you legal help.
alarm-medical-emergency = This needs a hospital now. Go to the nearest one, or call:
    { $contacts }
    { $called }
alarm-child-abuse = Thank you for saying this. A child must be safe first. Childline helps day and night, and you need not give details here. Call:
    { $contacts }
    { $called }
alarm-again = Your words have been passed on, marked urgent. Until a counselor writes, in danger now:
    { $contacts }
alarm-stay-place = I am still here with you. One thing now: go where somebody is, or call:
    { $contacts }
    Your words wait for the counselor. You need not explain anything to me.
alarm-stay-breath = I am with you. Breathe in slowly, count to four, and breathe out slowly. Five times. Nothing else for this minute.
alarm-stay-someone = You are not alone with this. Is there one person you could sit with, or call, until the counselor writes?
called-now = I am calling a counselor here too.
called-later = Nobody is on shift now; a counselor reads this after { $opens }.
called-there = { $counselor } reads this too.
alarm-safe = Good. Stay near somebody if you can. Write to me at any time, I am here.
alarm-unsafe = Please call one of these now, or go to somebody near you. { $called }
    { $contacts }
choice-safe = I am safe
choice-doubtful = I am not sure
choice-unsafe = I am not safe

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
desk-trouble = { $alias }: something they sent could not be handled. Open the console.
desk-urgent = URGENT.
reason-undelivered-window = undelivered: the 24 hours of WhatsApp are over
reason-undelivered-gone = undelivered: the client cannot be reached
