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
choice-settled = Imekamilika
choice-unsettled = Bado
choice-report = Hesabu tukio hili
choice-helponly = Msaada tu
choice-countme = Nihesabu
choice-mystory = Simulia kisa changu
choice-nocounty = Sitaki kusema
choice-thisweek = Wiki hii
choice-lastweek = Wiki iliyopita
choice-longago = Zamani kidogo
choice-countonly = Nihesabu tu
choice-read = Soma jibu langu
choice-where = PEP inapatikana wapi
choice-step = Nifanye nini sasa
choice-alone = Niko peke yangu
choice-together = Kuna mtu hapa
choice-evidence = Hifadhi ushahidi
choice-lockdown = Funga akaunti
choice-pay = Kwa nini nisilipe
choice-legal = Msaada wa sheria
choice-silent = Niseme nini
choice-phone = Simu yangu
choice-medicine = Dawa zangu
choice-tonight = Nilale wapi
choice-bag = Nibebe nini
choice-station = Kituo cha polisi
choice-bail = Kuhusu dhamana
choice-when = Hesabu saa 72
choice-under24 = Chini ya saa 24
choice-to48 = Saa 24 hadi 48
choice-to72 = Saa 48 hadi 72
choice-over72 = Zaidi ya saa 72
choice-unknown = Sijui

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
not-told-clinic_hours = Sijaambiwa saa zetu za kufungua. Mtu hapa anaweza kukuambia.
not-told-clinic_place = Sijaambiwa kliniki iko wapi. Mtu hapa anaweza kukuambia.
not-told-clinic_prices = Sijaambiwa gharama za kliniki yetu. Mtu hapa anaweza kukuambia.
not-told-pep_at_night = Sijapewa orodha ya mahali penye PEP usiku. Mtu hapa huenda anajua. Usisubiri jibu, nenda.

call = { $label }: { $number }
call-free = { $label }: { $number } (bure)
call-free-always = { $label }: { $number } (bure, mchana na usiku)

unsure = Nataka kuwa na uhakika. Unamaanisha:
unsure-again = Bado sina uhakika. Je, ni moja ya haya?
also-asked = Pia uliuliza: { $titles }. Chagua hapo chini ukiwa tayari.
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
again-with = { $counselor }, aliyeongea nawe mara ya mwisho, yuko zamu na anaendelea nawe hapa. Unachoandika kinaenda kwa { $counselor } hadi maongezi yaishe. Andika ACHA kumaliza.
left-unanswered = { $counselor } hajaweza kukujibu kwa wakati.
left-back = { $counselor } hawezi kuendelea kwa sasa.
moved-on = Nimewaita washauri wengine; mmoja wao atakuandikia hapa. Unaweza kuendelea kuniuliza ukingoja.
moved-nobody = Hakuna mshauri mwingine zamu sasa. Mtu atasoma hii baada ya { $opens } na kukuandikia hapa. Hadi wakati huo naweza kujibu ninachojua.
    Ukiwa hatarini sasa:
    { $contacts }
moved-to = { $counselor } anaendelea nawe kuanzia hapa, yeye pia ni mshauri rika. Unachoandika kinaenda kwa { $counselor } hadi maongezi yaishe. Andika ACHA kumaliza.
closed-silent = Hakuna aliyeandika hapa kwa saa 12, kwa hivyo maongezi haya yamefungwa. Sasa ni mimi roboti tena. Andika MSHAURI ukihitaji mtu tena.
ended = Maongezi yamekwisha. Sasa ni mimi roboti tena.
talking-menu = Unaongea na { $counselor }.
talking-still = Endelea, { $counselor } anasoma unachoandika.
knock-answered = Asante. { $counselor } anaona kwamba uko hapa, na atakuandikia mapema iwezekanavyo.

pep-sorry = Pole sana.
pep-haste = Huenda bado una muda wa kuzuia HIV, na haraka ndiyo muhimu: dawa za PEP hufanya kazi tu zikianza ndani ya saa 72, na mapema ni bora zaidi.
pep-friend = Ni vizuri unamjali mwingine. Mpe ujumbe huu, au nenda naye.
pep-when = Imepita muda gani hivi?
pep-unclear = Sijaelewa ni muda gani. Kadirio linatosha: imepita muda gani?
pep-left = Bado una muda wa PEP, dawa zinazoweza kuzuia HIV zikianza ndani ya saa 72. Kwa hesabu hiyo zimebaki kama saa { $hours }, na kila saa ni muhimu: nenda sasa, si kesho.
pep-nearly = Huenda bado una muda wa PEP, dawa zinazoweza kuzuia HIV, lakini saa 72 zinakaribia kuisha. Nenda sasa, saa hii hii.
pep-unknown = Basi tuhesabu kuwa ni haraka: nenda leo, sasa hivi ukiweza. Kliniki itaamua nawe kama PEP bado inasaidia.
pep-open = Iko wazi sasa, hadi { $time }: { $place }. Au hospitali yoyote ya serikali.
pep-shut = { $place } inafunguliwa { $day }, { $time }. Usingoje hadi hapo kama unaweza kufika mapema kwenye sehemu ya dharura ya hospitali kubwa ya serikali.
pep-hospital = Nenda hospitali iliyo karibu, sehemu ya dharura. Hospitali kubwa ya serikali ni bora zaidi.
pep-slot = Nafasi ya kwanza leo ni { $time }.
pep-book = Weka { $time }
pep-say = Omba PEP, na useme ni saa ngapi zimepita. Hakuna lingine unalohitaji kueleza kwanza.
pep-later = Baada ya saa moja nitauliza mara moja imekuwaje, bila kusema inahusu nini. ACHA inazuia hilo.
pep-over = Kwa hesabu hiyo zimepita zaidi ya saa 72. Kama huenda ni chini ya hapo, nenda hospitali sasa uulize.
pep-late = PEP haitarajiwi kufanya kazi tena, lakini bado kuna mengi ya kufanya. Pima HIV sasa, na tena baada ya wiki 4. Omba kliniki kupimwa magonjwa ya zinaa na chanjo ya homa ya ini B.

# Roboti inayosema bila kuulizwa: aliye karibu asielewe chochote.
remind = Imekuwaje? Namba inatosha.
remind-settled = Vizuri. Niko hapa kama kuna lisiloeleweka, leo na baadaye.

alarm-suicide = Asante kwa kuniambia. Ninachosikia ni uchungu mwingi, na hauko peke yako na hili. Tafadhali kaa mbali na chochote kinachoweza kukuumiza, na nenda kwa mtu aliye karibu. Piga simu sasa:
    { $contacts }
    { $called } Je, uko salama dakika hii?
alarm-sexual-violence = Pole sana kwa yaliyokupata. Si kosa lako. Nenda mahali salama, kisha hospitali, bora ndani ya saa 72. Ukiweza, usioge kwanza. Kama umeoga, nenda tu. Hospitali kwanza kabla ya polisi.
    { $contacts }
    { $called } Je, uko salama dakika hii?
alarm-partner-violence = Hustahili haya, na si kosa lako. Ukiwa hatarini sasa, nenda mahali penye watu. Piga simu:
    { $contacts }
    { $called } Je, uko salama dakika hii?
alarm-blackmail = Huu ni uhalifu dhidi yako, na unawapata watu wengi. Usilipe, usikutane naye, usifute maongezi: piga picha ya skrini kwanza. Kulipa mara nyingi huleta dai lingine. { $called } Mshauri anaweza kukutafutia msaada wa kisheria.
alarm-arrest = Tulia, usikimbie. Unaweza kukaa kimya na kuomba wakili kabla ya kusema au kutia sahihi chochote. Omba kumpigia mtu unayemwamini. { $called } Mshauri anaweza kukutafutia msaada wa kisheria.
alarm-medical-emergency = Hili linahitaji hospitali sasa. Nenda iliyo karibu, au piga simu:
    { $contacts }
    { $called }
alarm-child-abuse = Asante kwa kusema. Mtoto awe salama kwanza. Childline inasaidia mchana na usiku, na huhitaji kueleza zaidi hapa. Piga simu:
    { $contacts }
    { $called }
alarm-friend-suicide = Asante kwa kumjali. Usimwache peke yake sasa, na ikiwa ni salama, ondoa dawa, sumu na visu karibu naye. Kama amemeza kitu au ameumia: hospitali sasa. Piga simu, unaweza kupiga kwa niaba yake:
    { $contacts }
    { $called }
alarm-friend-sexual-violence = Pole kwa yaliyompata. Mwamini, msaidie kufika mahali salama, kisha hospitali, bora ndani ya saa 72. Hospitali kwanza kabla ya polisi. Piga simu, unaweza kupiga kwa niaba yake:
    { $contacts }
    { $called }
alarm-friend-partner-violence = Ni vizuri kwamba yuko nawe. Kama yuko hatarini dakika hii, ita msaada, na usiingie kati yao mwenyewe:
    { $contacts }
    { $called }
alarm-friend-medical-emergency = Anahitaji hospitali sasa. Mpeleke iliyo karibu, au piga simu. Kaa naye:
    { $contacts }
    { $called }
alarm-friend-child-abuse = Asante kwa kusema kwa ajili ya mtoto. Childline inasaidia mchana na usiku, hata wanaomhofia mtoto. Huhitaji kueleza zaidi hapa. Piga simu:
    { $contacts }
    { $called }
alarm-friend-blackmail = Huu ni uhalifu dhidi ya rafiki yako, na unawapata watu wengi. Mwambie: usilipe, usikutane naye, usifute maongezi. Kaa karibu naye, aibu ni nzito ukiwa peke yako. { $called } Mshauri anaweza kutafuta msaada wa kisheria.
alarm-friend-arrest = Jua yuko kituo gani, na usiende huko peke yako. Anaweza kukaa kimya na kuomba wakili kabla ya kusema au kutia sahihi chochote. { $called } Mshauri anaweza kutafuta msaada wa kisheria.
alarm-passed = Maneno yako yamepelekwa, yamewekwa alama ya haraka.

step-place = Bado niko hapa nawe. Jambo moja sasa: nenda aliko mtu, hata kama humwambii chochote. Au piga simu:
    { $contacts }
step-breath = Niko nawe. Vuta pumzi polepole, hesabu hadi nne, kisha itoe polepole. Mara tano. Hakuna lingine kwa dakika hii.
step-alone = Je, uko peke yako sasa hivi?
near-alone = Basi tuanze na hilo. Bisha hodi kwa jirani, au mpigie mtu mmoja useme tu: tafadhali kaa nami. Kama hakuna unayemfikiria, piga simu:
    { $contacts }
near-together = Vizuri. Mwombe akae nawe. Unaweza kumwonyesha maongezi haya, au useme tu: siko sawa, tafadhali kaa nami.
step-means = Jambo moja kwa usalama wako: dawa, sumu, kamba, visu. Mwombe mtu aviondoe, au nenda chumba ambacho havipo.
step-senses = Tazama polepole ulipo. Taja vitu vitano unavyoviona, vinne unavyoweza kugusa, sauti tatu unazosikia. Si lazima uandike hapa.
step-someone = Hauko peke yako na hili. Je, kuna mtu mmoja unayeweza kukaa naye, au kumpigia, hadi mshauri aandike?
step-waiting = Bado niko hapa. { $called } Ulichoandika kimehifadhiwa kwa ajili yake, huhitaji kueleza mara mbili.
step-shelter = Kwanza mahali salama: kwa rafiki, jirani, dukani, hospitali. Popote ambapo aliyekuumiza hayupo.
step-clothes = Ukiweza, usioge wala kubadilisha nguo bado, na beba nguo kwenye mfuko wa karatasi. Kama umeshaoga, ni sawa. Nenda tu.
step-hospital = Kisha hospitali, bora ndani ya saa 72. Watakutibu, watakupa PEP ya kuzuia HIV, na watahifadhi ushahidi. Ni kwa jinsia zote, na huduma hii hospitali za serikali ni bure. Kuhusu polisi utaamua baadaye.
step-out = Kama unaweza kutoka salama, nenda mahali penye watu: kwa majirani, dukani, hospitali. Kama huwezi, piga simu, au jirani akupigie:
    { $contacts }
step-choked = Alikukaba shingo? Basi nenda hospitali leo, hata bila alama. Sema kwamba ulikabwa.
step-bag = Chukua utakachohitaji, kimya kimya: kitambulisho, simu, chaja, pesa kidogo, dawa zako. Kama ni hatari kurudi kuvichukua, viache.
step-go = Nenda sasa. Mwombe jirani, boda au teksi akupeleke hospitali iliyo karibu, au piga simu:
    { $contacts }
step-company = Usikae peke yako na hili. Mwambie mtu aliye karibu, fungua mlango, na simu yako iwe wazi.
step-bring = Kama yapo karibu, beba majina ya dawa unazotumia, hata PrEP au ARV. Hospitali huweka hayo siri. Usipoteze muda kuyatafuta.
step-childline = Piga au tuma ujumbe kwa Childline. Hawajibu? Jaribu tena, kisha namba inayofuata:
    { $contacts }
step-adult = Je, kuna mtu mzima unayemwamini: ndugu, mwalimu, muuguzi? Mwambie sentensi moja: nahitaji msaada. Wa kwanza asiposikiliza, mwambie mwingine.
step-child-hospital = Baada ya ngono au kushikwa kwa nguvu: hospitali, bora ndani ya saa 72. Ikiwezekana bila kuoga kwanza. Muda ukipita, bado nenda. Kamwe si kosa la mtoto.
step-evidence = Hifadhi kabla kitu hakijapotea: picha za skrini zenye jina na saa, namba ya simu, link ya profile, jumbe za M-Pesa. Mwachie nakala mtu unayemwamini.
step-lockdown = Ukishahifadhi ushahidi: badilisha password ukitumia simu salama, washa kuingia kwa hatua mbili, ondoa simu zingine zote kwenye akaunti, ficha orodha ya marafiki. Kisha mblock.
step-pay = Kulipa ni nadra kumaliza, mara nyingi huleta dai lingine. Kama tayari umelipa, wewe si mjinga: acha sasa, na hifadhi jumbe za malipo, ni ushahidi.
step-trust = Mwambie mtu mmoja unayemwamini. Jambo ambalo rafiki analijua ni jepesi kubeba. Kuhusu sheria, ona wakili au msaidizi wa kisheria kabla ya polisi.
step-silent = Taja jina lako. Kisha useme tu: nataka kuongea na wakili wangu. Mengine yote unaweza kunyamaza. Usipigane, na usitie sahihi kitu ambacho hujasoma.
step-phone = Usifungue simu yako, na usizungumzie maisha yako ya ngono. Uliza jina la afisa, kituo na namba ya OB.
step-body = Hakuna anayeruhusiwa kukulazimisha kupimwa sehemu ya nyuma: Mahakama ya Rufani imesema ni kinyume cha sheria. Sema: sikubali.
step-medicine = Sema kwamba unatumia dawa kila siku na unazihitaji. Si lazima useme ni za ugonjwa gani. Mtu anaweza kukuletea.
step-bail = Dhamana ya pesa hurudishwa baadaye: omba risiti rasmi. Lazima upelekwe kortini ndani ya saa 24, au siku ya korti inayofuata. Hongo haifungi kesi.
step-tonight = Kwa usiku huu, mtu mmoja salama: rafiki, ndugu, jirani. Usilale nje peke yako, na usiende kwa mtu usiyemjua wa app ili upate kitanda.
step-friend-ask = Muulize wazi: unafikiria kujiua? Kuuliza hakupandi wazo hilo. Kisha sikiliza, bila kuhukumu.
step-friend-stay = Kaa naye, au kwenye simu, hadi mtu mwingine afike. Usiahidi kuweka siri.
step-friend-means = Kama ni salama kwako, weka mbali dawa, sumu, kamba na visu.
step-friend-bring = Mlete mtu mwingine mmoja anayemwamini. Akiwa na mpango na wakati, au amemeza kitu: hospitali sasa.
    { $contacts }
step-friend-self = Hili ni zito kwako pia. Si lazima ulibebe peke yako: unaweza kuongea kuhusu wewe mwenyewe hapa.
step-friend-believe = Mwambie mambo matatu: nakuamini. Si kosa lako. Niko hapa. Usimlazimishe kueleza zaidi.
step-friend-hospital = Jitolee kwenda naye hospitali, bora ndani ya saa 72: PEP, matibabu, ushahidi. Asioge kwanza, akiweza; kama ameoga, bado aende.
step-friend-police = Kuhusu polisi ni uamuzi wake, na inaweza kungoja. Usimwambie mwingine yaliyotokea hadi akubali.
step-friend-plan = Kuondoka kunaweza kuwa wakati hatari zaidi. Usimsukume. Msaidie kupanga kimya kimya: mkoba, pesa kidogo, mahali salama, neno la siri.
step-friend-choked = Alikabwa shingo? Basi hospitali leo, hata bila alama. Usimtafute anayefanya haya, na usiandike chochote mtandaoni.
step-friend-watch = Kaa kando yake na uendelee kumwongelesha. Kama haamki au hapumui, sema hilo kwanza ukipiga simu.
    { $contacts }
step-friend-listen = Mtoto akikuambia: sikiliza kwa utulivu na useme, umefanya vizuri kuniambia, si kosa lako. Usiahidi usichoweza, na usimkabili aliyefanya hivyo.
step-station = Nenda na mtu wa pili, bora msaidizi wa kisheria. Uliza namba ya OB, jina la afisa na kosa ni gani. Usiseme lolote kuhusu maisha ya siri ya rafiki yako.
step-friend-medicine = Mletee dawa zake za kila siku, chakula na jaketi. Kituoni si lazima useme dawa ni za nini.
called-now = Namwita mshauri hapa pia.
called-later = Hakuna mtu zamu sasa; mshauri atasoma hii baada ya { $opens }.
called-there = { $counselor } pia anasoma hii.
alarm-safe = Vizuri. Kaa karibu na mtu ukiweza. Niandikie wakati wowote, niko hapa.
alarm-unsafe = Tafadhali piga moja ya hizi sasa, au nenda kwa mtu aliye karibu. { $called }
    { $contacts }
choice-safe = Niko salama
choice-doubtful = Sina uhakika
choice-unsafe = Siko salama

report-offer = Ukipenda, tukio hili linaweza kuhesabiwa, ili zaidi lifanywe dhidi yake. Halimwambii yeyote wewe ni nani.
report-ask = Ni uamuzi wako, na msaada hautegemei hilo. "Nihesabu" huweka aina, kaunti na wiki, mbali na maongezi haya. "Simulia kisa changu" huweka pia maneno yako. Hakuna kinachorudi kwako, kwa hiyo hakiwezi kuondolewa baadaye.
report-none = Sawa. Hakuna kilichowekwa. Niko hapa ukinihitaji.
report-county = Ilikuwa kaunti gani? Andika jina lake.
report-no-county = Siijui kaunti hiyo. Andika jina lake tu, au chagua:
report-no-county-again = Hiyo si kaunti ninayoijua. Si lazima useme:
report-county-unsaid = kaunti haikutajwa
report-week = Na ilikuwa lini?
report-week-unsaid = zamani kidogo
report-story = Andika katika ujumbe mmoja, kwa maneno yako. Acha majina, namba na mahali, yako na ya wengine. Ukiwa hatarini sasa, ongea na mtu.
report-kept = Asante. Kimewekwa hiki tu: { $what }.
report-kept-story = Asante. Kimewekwa hiki tu: { $what }, na maneno yako, yamefungwa. Anayeyasambaza huondoa kinachoweza kuonyesha wewe ni nani.

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
desk-again = { $alias } bado anasubiri, dak { $minutes }. { $who }: fungua dawati.
alert-shift = Walio zamu
alert-all = Wote
alert-lead = Kiongozi wa zamu
alert-second = Hakuna aliyethibitisha tahadhari. Mtu mwingine
reason-not-on-shift = haikutumwa: aliyeandika hayuko zamu, amepumzika, au ana kesi za kutosha; anza zamu kwenye dawati
desk-trouble = { $alias }: kitu walichotuma hakikuweza kushughulikiwa. Fungua dawati.
desk-surge = WIMBI: ripoti ni nyingi kuliko kawaida wiki hii. Walio hatarini wanatangulia kwenye foleni. Anayeweza aanze zamu kwenye dawati.
desk-stranger = ONYO: mtu ameingia kwenye kundi hili asiyejulikana kama mfanyakazi. Maneno ya wateja hayaonyeshwi tena hapa; dawati la mtandaoni linaendelea. Mwondoe, au kama anaweza kubaki, andika /known.
desk-confirmed = Mfanyakazi anayejulikana amethibitisha walio hapa. Maneno ya wateja yanaonyeshwa tena.
desk-urgent = HARAKA.
reason-undelivered-window = haijafika: saa 24 za WhatsApp zimeisha
reason-undelivered-gone = haijafika: mteja hapatikani
reason-window-closed = haikutumwa: saa 24 za WhatsApp zimepita, na maneno hayatafika. Tuma "una jibu" kwa kitufe chake, au kwa /reply kwenye thread
reason-window-bare = haikutumwa: saa 24 za WhatsApp zimepita, na hakuna kiolezo kilichowekwa. Subiri hadi mteja aandike tena
reason-window-open = "una jibu" haihitajiki: mteja ameandika ndani ya saa 24, andika moja kwa moja
reason-window-knocked = "una jibu" imeshatumwa; mteja bado hajaijibu
reason-knocked = "Una jibu" inaenda kwa mteja
