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
thanks = Karibu. Niko hapa ukinihitaji.
help = Andika swali lako kwa maneno yako. MENYU inaonyesha ninachoweza. RUDI inarudi hatua moja. ACHA inamaliza. MSHAURI anaita mtu.
    Ukiwa hatarini sasa:
    { $contacts }
stop = Sitakuandikia tena hadi uniandikie. Jitunze.
language-ask = Unapenda lugha gani?
language-set = Nitaongea Kiswahili.
nothing-back = Tuko mwanzo.
media = Siwezi kufungua picha, sauti au faili hapa, na hakuna aliyeiona. Tafadhali andika kwa maneno, au ongea na mtu.
empty = Nimepata ujumbe wako, lakini hauna maneno. Andika swali lako kwa maneno machache.
passed = Chaguo hilo limepita. Tuko hapa:
no-choice = Tafadhali chagua moja kati ya hizi, au andika MENYU.
trouble = Kuna hitilafu upande wetu. Ujumbe wako umehifadhiwa. Tafadhali andika tena mara moja, au ongea na mtu.

helped-ask = Je, hii imekusaidia?
helped-yes = Vizuri. Haya yanahusiana:
helped-no = Pole haikusaidia. Mtu anaweza, au moja ya haya:
related-ask = Haya yanahusiana:
no-more = Hakuna zaidi kuhusu hili. Unaweza kuuliza jambo lingine.
source = { $sources } { $review }
source-reviewed = Imeidhinishwa na { $by } tarehe { $on }.
source-unreviewed = Mtaalamu wa afya wa shirika bado hajaidhinisha maandishi haya.
source-none = Niulize swali kwanza. Kisha naweza kusema jibu limetoka wapi.
call = { $label }: { $number }
call-free = { $label }: { $number } (bure)
call-free-always = { $label }: { $number } (bure, mchana na usiku)

unsure = Nataka kuwa na uhakika. Unamaanisha:
none-of-these = Niambie kwa maneno mengine, au ongea na mtu.
miss-first = Bado sina jibu lililokaguliwa kwa hilo. Labda moja ya haya liko karibu. Unaweza pia kusema kwa maneno mengine.
miss-second = Bado sina jibu lililokaguliwa kwa hilo. Mshauri rika anaweza kusaidia. Nimwite?
miss-third = Hili siwezi kujibu, na sitaki kukisia. Mtu anaweza kusaidia, au tazama menyu.

book-service = Unakuja kwa ajili ya nini?
book-day = { $service }: siku gani inakufaa?
book-time = { $day }: saa ngapi?
book-confirm = { $service }, { $day }, { $time }, { $place }. Niweke?
book-done = Tayari. Msimbo wako ni { $code }. Onyesha msimbo tu { $place }, { $day }, { $time }. Jina halihitajiki. Kubadilisha, andika MIADI YANGU.
book-moved = Imebadilishwa. Msimbo wako mpya ni { $code }. Onyesha msimbo tu { $place }, { $day }, { $time }. Saa ya zamani iko wazi tena.
book-full = Hakuna nafasi katika wiki mbili zijazo. Mshauri anaweza kutafuta njia nyingine.
book-taken = Kuna mtu amechukua saa hiyo sasa hivi. Hizi bado ziko wazi:
book-not-done = Hakuna kilichowekwa.
book-have = Tayari una miadi { $day }, { $time }, msimbo { $code }. Unataka kuibadilisha?
book-none = Huna miadi yoyote.
book-nothing-offered = Kuweka nafasi bado hakujafunguliwa hapa. Mtu anaweza kusaidia.
book-cancelled = Miadi ya { $day } imefutwa.
book-which = Miadi gani?
book-show = { $day }, { $time }, msimbo { $code }.

wait-on-shift = Nimemwita mshauri rika. Kuna mtu zamu sasa na atakuandikia hapa. Unaweza kuendelea kuniuliza ukingoja.
wait-nobody = Hakuna mtu zamu sasa. Mtu atasoma hii baada ya { $opens } na kukuandikia hapa. Hadi wakati huo naweza kujibu ninachojua.
    Ukiwa hatarini sasa:
    { $contacts }
wait-already = Mshauri tayari ameitwa na atakuandikia hapa.
took = { $counselor } yuko hapa sasa, mshauri rika. Unachoandika kinaenda kwa { $counselor } hadi maongezi yaishe. Andika ACHA kumaliza.
closed = { $counselor } amemaliza maongezi. Sasa ni mimi roboti tena. Andika MSHAURI ukihitaji mtu tena.
ended = Maongezi yamekwisha. Sasa ni mimi roboti tena.
talking-menu = Unaongea na { $counselor }.
talking-still = Endelea, { $counselor } anasoma unachoandika.

alarm-suicide = Asante kwa kuniambia. Ninachosikia ni uchungu mwingi, na hauko peke yako na hili. Tafadhali kaa mbali na chochote kinachoweza kukuumiza, na nenda kwa mtu aliye karibu. Piga simu sasa:
    { $contacts }
    Namwita mshauri hapa pia. Je, uko salama dakika hii?
alarm-sexual-violence = Pole sana kwa yaliyokupata. Si kosa lako. Nenda mahali salama, kisha hospitali, bora ndani ya saa 72. Ukiweza, usioge kwanza. Kama umeoga, nenda tu. Hospitali kwanza kabla ya polisi.
    { $contacts }
    Namwita mshauri hapa pia.
alarm-partner-violence = Hustahili haya, na si kosa lako. Ukiwa hatarini sasa, nenda mahali penye watu. Piga simu:
    { $contacts }
    Namwita mshauri hapa pia.
alarm-blackmail = Huu ni uhalifu dhidi yako, na unawapata watu wengi. Usilipe, usikutane naye, usifute maongezi: piga picha ya skrini kwanza. Kulipa mara nyingi huleta dai lingine. Namwita mshauri; anaweza kukutafutia msaada wa kisheria.
alarm-arrest = Tulia, usikimbie. Unaweza kukaa kimya na kuomba wakili kabla ya kusema au kutia sahihi chochote. Omba kumpigia mtu unayemwamini. Namwita mshauri; anaweza kukutafutia msaada wa kisheria.
alarm-medical-emergency = Hili linahitaji hospitali sasa. Nenda iliyo karibu, au piga simu:
    { $contacts }
    Namwita mshauri hapa pia.
alarm-child-abuse = Asante kwa kusema. Mtoto awe salama kwanza. Childline inasaidia mchana na usiku, na huhitaji kueleza zaidi hapa. Piga simu:
    { $contacts }
    Namwita mshauri hapa pia.
alarm-safe-yes = Vizuri. Kaa karibu na mtu ukiweza. Mshauri atakuandikia hapa. Niko nawe kwa sasa.
alarm-safe-no = Tafadhali piga moja ya hizi sasa, au nenda kwa mtu aliye karibu. Mshauri atakuandikia hapa.
    { $contacts }
choice-safe = Niko salama
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
