# Kila sentensi ya roboti kwa Kiswahili. Funguo na viambajengo ni sawa na vya en.ftl.

language-name = Kiswahili

choice-menu = Menyu
choice-back = Rudi
choice-stop = Acha
choice-help = Msaada
choice-language = Kiswahili / English
choice-counselor = Ongea na mtu
choice-book = Weka nafasi
choice-appointments = Miadi yangu
choice-ask = Uliza swali
choice-more = Niambie zaidi
choice-source = Chanzo
choice-related = Maswali mengine
choice-yes = Ndiyo
choice-no = Hapana
choice-helped = Imenisaidia
choice-unhelped = Haijanisaidia
choice-none = Ni jambo lingine
choice-later = Saa za baadaye
choice-move = Badilisha saa
choice-cancel = Futa miadi
choice-talk = Endelea kuongea
choice-end = Maliza maongezi
choice-notnow = Si sasa
choice-where = PEP inapatikana wapi

welcome-telegram = Mimi ni Msiri, roboti ya { $organisation }. Sihitaji jina lako. Ninaweka ujumbe wako kwa muda mfupi, umefungwa; mshauri anausoma tu ukiomba mtu au ukiwa hatarini. Telegram inaona kwamba umeandika hapa. Anayeshika simu yako anaweza kusoma. Andika MENYU kuona zaidi.
welcome-whatsapp = Mimi ni Msiri, roboti ya { $organisation }. Sihitaji jina lako. Ninaweka ujumbe wako kwa muda mfupi, umefungwa; mshauri anausoma tu ukiomba mtu au ukiwa hatarini. WhatsApp na Twilio pia hupitisha ujumbe huu. Anayeshika simu yako anaweza kusoma. Andika MENYU kuona zaidi.
welcome-sms = Mimi ni Msiri, roboti ya { $organisation }. Sihitaji jina lako. Ninaweka ujumbe wako kwa muda mfupi, umefungwa; mshauri anausoma tu ukiomba mtu au ukiwa hatarini. Kampuni ya simu na Twilio wanaweza kusoma SMS. Anayeshika simu yako pia. Andika MENYU kuona zaidi.
welcome-web = Mimi ni Msiri, roboti ya { $organisation }. Sihitaji jina lako. Ninaweka ujumbe wako kwa muda mfupi, umefungwa; mshauri anausoma tu ukiomba mtu au ukiwa hatarini. Hakuna kampuni nyingine inayopitisha maongezi haya. Anayeona skrini yako anaweza kusoma. Andika MENYU kuona zaidi.

menu = Niulize lolote kuhusu ngono na afya kwa maneno yako. Au chagua:
greeting = Habari. Una nini moyoni? Andika kwa maneno yako, au chagua:
ask = Karibu. Andika swali lako kwa maneno yako.
thanks = Karibu. Niko hapa ukinihitaji.
help = Andika swali lako kwa maneno yako. MENYU inaonyesha ninachoweza. RUDI inarudi hatua moja. ACHA inamaliza. MSHAURI anaita mtu.
    Ukiwa hatarini sasa:
    { $contacts }
stop = Sitakuandikia tena hadi uniandikie. Jitunze.
language-ask = Unapenda lugha gani?
language-set = Nitaongea Kiswahili.
nothing-back = Tuko mwanzo.
media = Siwezi kufungua picha, sauti au faili hapa, na hakuna aliyeiona. Tafadhali andika kwa maneno, au ongea na mtu.
media-again = Picha, sauti na faili hazifunguki hapa, na hakuna anayeziona. Mtu anaweza kusaidia, au andika kwa maneno.
media-talking = Picha, sauti na faili hazifiki hapa, kwa hiyo { $counselor } hajaiona. Tafadhali andika kwa maneno.
empty = Nimepata ujumbe wako, lakini hauna maneno. Andika swali lako kwa maneno machache.
empty-again = Bado hakuna maneno. Kama ni vigumu kuandika sasa, ongea na mtu, au chagua kwenye menyu.
passed = Chaguo hilo limepita. Tuko hapa:
no-choice = Sioni unamaanisha lipi. Tafadhali chagua moja kati ya haya, au andika MENYU.
no-choice-again = Bado sioni ni lipi. Tuma namba yake, au ongea na mtu.
trouble = Kuna hitilafu upande wetu. Ujumbe wako umehifadhiwa. Tafadhali andika tena mara moja, au ongea na mtu.

helped = Vizuri. Haya yanahusiana:
helped-alone = Vizuri. Niko hapa ukinihitaji.
unhelped = Pole haikusaidia. Mtu anaweza, au moja ya haya:
unhelped-alone = Pole haikusaidia. Mtu anaweza kusaidia.
related = Haya yanahusiana:
related-alone = Sina zaidi linalohusiana na hili. Uliza kwa maneno yako, au chagua:
no-more = Hakuna zaidi kuhusu hili. Unaweza kuuliza jambo lingine.
source = { $sources } { $review }
source-reviewed = Imeidhinishwa na { $by } tarehe { $on }.
source-unreviewed = Mtaalamu wa afya wa shirika bado hajaidhinisha maandishi haya.
ask-first = Niulize swali kwanza. Kisha naweza kusema zaidi, na jibu limetoka wapi.
from-to = { $first } hadi { $last }
not-told = Hilo silijui kwa hakika. Muulize mtu hapa: anajua ilivyo leo.

call = { $label }: { $number }
call-free = { $label }: { $number } (bure)
call-free-always = { $label }: { $number } (bure, mchana na usiku)

unsure = Nataka kuwa na uhakika. Unamaanisha:
unsure-again = Bado sina uhakika. Je, ni moja ya haya?
none-of-these = Niambie kwa maneno mengine, au ongea na mtu.
miss-first = Bado sina jibu lililokaguliwa kwa hilo. Labda moja ya haya liko karibu. Unaweza pia kusema kwa maneno mengine.
miss-bare = Bado sina jibu lililokaguliwa kwa hilo. Tafadhali sema kwa maneno mengine, au ongea na mtu.
miss-second = Bado sina jibu lililokaguliwa kwa hilo. Mshauri rika anaweza kusaidia. Nimwite?
miss-third = Hili siwezi kujibu, na sitaki kukisia. Mtu anaweza kusaidia, au tazama menyu.
not-now = Sawa. Niulize chochote, wakati wowote.

book-service = Unakuja kwa ajili ya nini?
book-day = { $service }: siku gani inakufaa?
book-time = { $day }: saa ngapi?
book-confirm = { $service }, { $day }, { $time }, { $place }. Niweke?
book-done = Tayari. Msimbo wako ni { $code }. Onyesha msimbo tu { $place }, { $day }, { $time }. Jina halihitajiki. Kubadilisha, andika MIADI YANGU.
book-moved = Imebadilishwa. Msimbo wako mpya ni { $code }. Onyesha msimbo tu { $place }, { $day }, { $time }. Saa ya zamani iko wazi tena.
book-full = Hakuna nafasi katika wiki mbili zijazo. Mshauri anaweza kutafuta njia nyingine.
book-taken = Kuna mtu amechukua saa hiyo sasa hivi. Hizi bado ziko wazi { $day }:
book-gone = Saa hiyo haiwezi kuwekwa tena. Hizi ziko wazi { $day }:
book-taken-day = Kuna mtu amechukua saa hiyo sasa hivi, na siku hiyo imejaa. { $service }: siku gani nyingine?
book-gone-day = Siku hiyo haiwezi kuwekwa tena. { $service }: siku gani nyingine?
book-not-done = Hakuna kilichowekwa.
book-kept = Sawa, hakuna kilichobadilika. Miadi yako ni { $day }, { $time }, msimbo { $code }.
book-have = Tayari una miadi { $day }, { $time }, msimbo { $code }. Unataka kuibadilisha?
book-none = Huna miadi yoyote.
book-nothing-offered = Kuweka nafasi bado hakujafunguliwa hapa. Mtu anaweza kusaidia.
book-cancelled = Miadi ya { $day } imefutwa.

wait-on-shift = Nimemwita mshauri rika. Kuna mtu zamu sasa na atakuandikia hapa. Unaweza kuendelea kuniuliza ukingoja.
wait-nobody = Hakuna mtu zamu sasa. Mtu atasoma hii baada ya { $opens } na kukuandikia hapa. Hadi wakati huo naweza kujibu ninachojua.
    Ukiwa hatarini sasa:
    { $contacts }
wait-already = Mshauri rika tayari ameitwa na atakuandikia hapa. Unaweza kuendelea kuniuliza kwa sasa.
took = { $counselor } yuko hapa sasa, mshauri rika. Unachoandika kinaenda kwa { $counselor } hadi maongezi yaishe. Andika ACHA kumaliza.
closed = { $counselor } amemaliza maongezi. Sasa ni mimi roboti tena. Andika MSHAURI ukihitaji mtu tena.
closed-unanswered = Mshauri amefunga ombi lako. Mimi ni roboti. Andika MSHAURI kama bado unahitaji mtu.
ended = Maongezi yamekwisha. Sasa ni mimi roboti tena.
talking-menu = Unaongea na { $counselor }.
talking-still = Endelea, { $counselor } anasoma unachoandika.

alarm-suicide = Asante kwa kuniambia. Ninachosikia ni uchungu mwingi, na hauko peke yako na hili. Tafadhali kaa mbali na chochote kinachoweza kukuumiza, na nenda kwa mtu aliye karibu. Piga simu sasa:
    { $contacts }
    { $called } Je, uko salama dakika hii?
alarm-sexual-violence = Pole sana kwa yaliyokupata. Si kosa lako. Nenda mahali salama, kisha hospitali, bora ndani ya saa 72. Ukiweza, usioge kwanza. Kama umeoga, nenda tu. Hospitali kwanza kabla ya polisi.
    { $contacts }
    { $called }
alarm-partner-violence = Hustahili haya, na si kosa lako. Ukiwa hatarini sasa, nenda mahali penye watu. Piga simu:
    { $contacts }
    { $called }
alarm-blackmail = Huu ni uhalifu dhidi yako, na unawapata watu wengi. Usilipe, usikutane naye, usifute maongezi: piga picha ya skrini kwanza. Kulipa mara nyingi huleta dai lingine. { $called } Mshauri anaweza kukutafutia msaada wa kisheria.
alarm-arrest = Tulia, usikimbie. Unaweza kukaa kimya na kuomba wakili kabla ya kusema au kutia sahihi chochote. Omba kumpigia mtu unayemwamini. { $called } Mshauri anaweza kukutafutia msaada wa kisheria.
alarm-medical-emergency = Hili linahitaji hospitali sasa. Nenda iliyo karibu, au piga simu:
    { $contacts }
    { $called }
alarm-child-abuse = Asante kwa kusema. Mtoto awe salama kwanza. Childline inasaidia mchana na usiku, na huhitaji kueleza zaidi hapa. Piga simu:
    { $contacts }
    { $called }
alarm-again = Maneno yako yamepelekwa, yamewekwa alama ya haraka. Hadi mshauri aandike, ukiwa hatarini sasa:
    { $contacts }
alarm-stay-place = Bado niko hapa nawe. Jambo moja sasa: nenda aliko mtu, au piga simu:
    { $contacts }
    Maneno yako yanamsubiri mshauri. Huhitaji kunieleza chochote.
alarm-stay-breath = Niko nawe. Vuta pumzi polepole, hesabu hadi nne, kisha itoe polepole. Mara tano. Hakuna lingine kwa dakika hii.
alarm-stay-someone = Hauko peke yako na hili. Je, kuna mtu mmoja unayeweza kukaa naye, au kumpigia, hadi mshauri aandike?
called-now = Namwita mshauri hapa pia.
called-later = Hakuna mtu zamu sasa; mshauri atasoma hii baada ya { $opens }.
called-there = { $counselor } pia anasoma hii.
alarm-safe = Vizuri. Kaa karibu na mtu ukiweza. Niandikie wakati wowote, niko hapa.
alarm-unsafe = Tafadhali piga moja ya hizi sasa, au nenda kwa mtu aliye karibu. { $called }
    { $contacts }
choice-safe = Niko salama
choice-doubtful = Sina uhakika
choice-unsafe = Siko salama

reason-asked = anaomba mtu
reason-suicide = mawazo ya kujiua
reason-sexual-violence = ukatili wa kingono
reason-partner-violence = ukatili wa mpenzi
reason-blackmail = vitisho vya kutolewa siri
reason-arrest = kukamatwa au polisi
reason-medical-emergency = dharura ya kiafya
reason-child-abuse = mtoto yuko hatarini
reason-pep-window = huenda ameambukizwa ndani ya saa 72
desk-notice = { $alias } anasubiri: { $reason }. { $urgent } Fungua dawati.
desk-trouble = { $alias }: kitu walichotuma hakikuweza kushughulikiwa. Fungua dawati.
desk-urgent = HARAKA.
reason-undelivered-window = haijafika: saa 24 za WhatsApp zimeisha
reason-undelivered-gone = haijafika: mteja hapatikani
