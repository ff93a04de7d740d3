import type { Position } from './daylight.ts';

/**
 * Where the cities are that time zones are named after, for daylight. The places are those of zone.tab and zone1970.tab
 * of the tz database, release 2025b (https://www.iana.org/time-zones), which is in the public domain. zone.tab counts
 * because zone1970.tab has merged places with like clocks, and Reykjavik has not the sun of Abidjan.
 *
 * One line begins each region; then the city and its latitude and longitude in hundredths of degrees.
 */
const CITIES = `
Africa:
Abidjan 532 -403;Accra 555 -22;Addis_Ababa 903 3870;Algiers 3678 305;Asmara 1533 3888;Bamako 1265 -800;Bangui 437 1858;Banjul 1347 -1665;
Bissau 1185 -1558;Blantyre -1578 3500;Brazzaville -427 1528;Bujumbura -338 2937;Cairo 3005 3125;Casablanca 3365 -758;Ceuta 3588 -532;
Conakry 952 -1372;Dakar 1467 -1743;Dar_es_Salaam -680 3928;Djibouti 1160 4315;Douala 405 970;El_Aaiun 2715 -1320;Freetown 850 -1325;
Gaborone -2465 2592;Harare -1783 3105;Johannesburg -2625 2800;Juba 485 3162;Kampala 32 3242;Khartoum 1560 3253;Kigali -195 3007;
Kinshasa -430 1530;Lagos 645 340;Libreville 38 945;Lome 613 122;Luanda -880 1323;Lubumbashi -1167 2747;Lusaka -1542 2828;Malabo 375 878;
Maputo -2597 3258;Maseru -2947 2750;Mbabane -2630 3110;Mogadishu 207 4537;Monrovia 630 -1078;Nairobi -128 3682;Ndjamena 1212 1505;
Niamey 1352 212;Nouakchott 1810 -1595;Ouagadougou 1237 -152;Porto-Novo 648 262;Sao_Tome 33 673;Tripoli 3290 1318;Tunis 3680 1018;
Windhoek -2257 1710;
America:
Adak 5188 -17666;Anchorage 6122 -14990;Anguilla 1820 -6307;Antigua 1705 -6180;Araguaina -720 -4820;Argentina/Buenos_Aires -3460 -5845;
Argentina/Catamarca -2847 -6578;Argentina/Cordoba -3140 -6418;Argentina/Jujuy -2418 -6530;Argentina/La_Rioja -2943 -6685;
Argentina/Mendoza -3288 -6882;Argentina/Rio_Gallegos -5163 -6922;Argentina/Salta -2478 -6542;Argentina/San_Juan -3153 -6852;
Argentina/San_Luis -3332 -6635;Argentina/Tucuman -2682 -6522;Argentina/Ushuaia -5480 -6830;Aruba 1250 -6997;Asuncion -2527 -5767;
Atikokan 4876 -9162;Bahia -1298 -3852;Bahia_Banderas 2080 -10525;Barbados 1310 -5962;Belem -145 -4848;Belize 1750 -8820;
Blanc-Sablon 5142 -5712;Boa_Vista 282 -6067;Bogota 460 -7408;Boise 4361 -11620;Cambridge_Bay 6911 -10505;Campo_Grande -2045 -5462;
Cancun 2108 -8677;Caracas 1050 -6693;Cayenne 493 -5233;Cayman 1930 -8138;Chicago 4185 -8765;Chihuahua 2863 -10608;
Ciudad_Juarez 3173 -10648;Costa_Rica 993 -8408;Coyhaique -4557 -7207;Creston 4910 -11652;Cuiaba -1558 -5608;Curacao 1218 -6900;
Danmarkshavn 7677 -1867;Dawson 6407 -13942;Dawson_Creek 5577 -12023;Denver 3974 -10498;Detroit 4233 -8305;Dominica 1530 -6140;
Edmonton 5355 -11347;Eirunepe -667 -6987;El_Salvador 1370 -8920;Fort_Nelson 5880 -12270;Fortaleza -372 -3850;Glace_Bay 4620 -5995;
Goose_Bay 5333 -6042;Grand_Turk 2147 -7113;Grenada 1205 -6175;Guadeloupe 1623 -6153;Guatemala 1463 -9052;Guayaquil -217 -7983;
Guyana 680 -5817;Halifax 4465 -6360;Havana 2313 -8237;Hermosillo 2907 -11097;Indiana/Indianapolis 3977 -8616;Indiana/Knox 4130 -8662;
Indiana/Marengo 3838 -8634;Indiana/Petersburg 3849 -8728;Indiana/Tell_City 3795 -8676;Indiana/Vevay 3875 -8507;
Indiana/Vincennes 3868 -8753;Indiana/Winamac 4105 -8660;Inuvik 6835 -13372;Iqaluit 6373 -6847;Jamaica 1797 -7679;Juneau 5830 -13442;
Kentucky/Louisville 3825 -8576;Kentucky/Monticello 3683 -8485;Kralendijk 1215 -6828;La_Paz -1650 -6815;Lima -1205 -7705;
Los_Angeles 3405 -11824;Lower_Princes 1805 -6305;Maceio -967 -3572;Managua 1215 -8628;Manaus -313 -6002;Marigot 1807 -6308;
Martinique 1460 -6108;Matamoros 2583 -9750;Mazatlan 2322 -10642;Menominee 4511 -8761;Merida 2097 -8962;Metlakatla 5513 -13158;
Mexico_City 1940 -9915;Miquelon 4705 -5633;Moncton 4610 -6478;Monterrey 2567 -10032;Montevideo -3491 -5621;Montserrat 1672 -6222;
Nassau 2508 -7735;New_York 4071 -7401;Nome 6450 -16541;Noronha -385 -3242;North_Dakota/Beulah 4726 -10178;North_Dakota/Center 4712 -10130;
North_Dakota/New_Salem 4684 -10141;Nuuk 6418 -5173;Ojinaga 2957 -10442;Panama 897 -7953;Paramaribo 583 -5517;Phoenix 3345 -11207;
Port-au-Prince 1853 -7233;Port_of_Spain 1065 -6152;Porto_Velho -877 -6390;Puerto_Rico 1847 -6611;Punta_Arenas -5315 -7092;
Rankin_Inlet 6282 -9208;Recife -805 -3490;Regina 5040 -10465;Resolute 7470 -9483;Rio_Branco -997 -6780;Santarem -243 -5487;
Santiago -3345 -7067;Santo_Domingo 1847 -6990;Sao_Paulo -2353 -4662;Scoresbysund 7048 -2197;Sitka 5718 -13530;St_Barthelemy 1788 -6285;
St_Johns 4757 -5272;St_Kitts 1730 -6272;St_Lucia 1402 -6100;St_Thomas 1835 -6493;St_Vincent 1315 -6123;Swift_Current 5028 -10783;
Tegucigalpa 1410 -8722;Thule 7657 -6878;Tijuana 3253 -11702;Toronto 4365 -7938;Tortola 1845 -6462;Vancouver 4927 -12312;
Whitehorse 6072 -13505;Winnipeg 4988 -9715;Yakutat 5955 -13973;
Antarctica:
Casey -6628 11052;Davis -6858 7797;DumontDUrville -6667 14002;Macquarie -5450 15895;Mawson -6760 6288;McMurdo -7783 16660;
Palmer -6480 -6410;Rothera -6757 -6813;Syowa -6901 3959;Troll -7201 253;Vostok -7840 10690;
Arctic:
Longyearbyen 7800 1600;
Asia:
Aden 1275 4520;Almaty 4325 7695;Amman 3195 3593;Anadyr 6475 17748;Aqtau 4452 5027;Aqtobe 5028 5717;Ashgabat 3795 5838;Atyrau 4712 5193;
Baghdad 3335 4442;Bahrain 2638 5058;Baku 4038 4985;Bangkok 1375 10052;Barnaul 5337 8375;Beirut 3388 3550;Bishkek 4290 7460;
Brunei 493 11492;Chita 5205 11347;Colombo 693 7985;Damascus 3350 3630;Dhaka 2372 9042;Dili -855 12558;Dubai 2530 5530;Dushanbe 3858 6880;
Famagusta 3512 3395;Gaza 3150 3447;Hebron 3153 3510;Ho_Chi_Minh 1075 10667;Hong_Kong 2228 11415;Hovd 4802 9165;Irkutsk 5227 10433;
Jakarta -617 10680;Jayapura -253 14070;Jerusalem 3178 3522;Kabul 3452 6920;Kamchatka 5302 15865;Karachi 2487 6705;Kathmandu 2772 8532;
Khandyga 6266 13555;Kolkata 2253 8837;Krasnoyarsk 5602 9283;Kuala_Lumpur 317 10170;Kuching 155 11033;Kuwait 2933 4798;Macau 2220 11354;
Magadan 5957 15080;Makassar -512 11940;Manila 1459 12097;Muscat 2360 5858;Nicosia 3517 3337;Novokuznetsk 5375 8712;Novosibirsk 5503 8292;
Omsk 5500 7340;Oral 5122 5135;Phnom_Penh 1155 10492;Pontianak -3 10933;Pyongyang 3902 12575;Qatar 2528 5153;Qostanay 5320 6362;
Qyzylorda 4480 6547;Riyadh 2463 4672;Sakhalin 4697 14270;Samarkand 3967 6680;Seoul 3755 12697;Shanghai 3123 12147;Singapore 128 10385;
Srednekolymsk 6747 15372;Taipei 2505 12150;Tashkent 4133 6930;Tbilisi 4172 4482;Tehran 3567 5143;Thimphu 2747 8965;Tokyo 3565 13974;
Tomsk 5650 8497;Ulaanbaatar 4792 10688;Urumqi 4380 8758;Ust-Nera 6456 14323;Vientiane 1797 10260;Vladivostok 4317 13193;
Yakutsk 6200 12967;Yangon 1678 9617;Yekaterinburg 5685 6060;Yerevan 4018 4450;
Atlantic:
Azores 3773 -2567;Bermuda 3228 -6477;Canary 2810 -1540;Cape_Verde 1492 -2352;Faroe 6202 -677;Madeira 3263 -1690;Reykjavik 6415 -2185;
South_Georgia -5427 -3653;St_Helena -1592 -570;Stanley -5170 -5785;
Australia:
Adelaide -3492 13858;Brisbane -2747 15303;Broken_Hill -3195 14145;Darwin -1247 13083;Eucla -3172 12887;Hobart -4288 14732;
Lindeman -2027 14900;Lord_Howe -3155 15908;Melbourne -3782 14497;Perth -3195 11585;Sydney -3387 15122;
Europe:
Amsterdam 5237 490;Andorra 4250 152;Astrakhan 4635 4805;Athens 3797 2372;Belgrade 4483 2050;Berlin 5250 1337;Bratislava 4815 1712;
Brussels 5083 433;Bucharest 4443 2610;Budapest 4750 1908;Busingen 4770 868;Chisinau 4700 2883;Copenhagen 5567 1258;Dublin 5333 -625;
Gibraltar 3613 -535;Guernsey 4945 -254;Helsinki 6017 2497;Isle_of_Man 5415 -447;Istanbul 4102 2897;Jersey 4918 -211;Kaliningrad 5472 2050;
Kirov 5860 4965;Kyiv 5043 3052;Lisbon 3872 -913;Ljubljana 4605 1452;London 5151 -13;Luxembourg 4960 615;Madrid 4040 -368;Malta 3590 1452;
Mariehamn 6010 1995;Minsk 5390 2757;Monaco 4370 738;Moscow 5576 3762;Oslo 5992 1075;Paris 4887 233;Podgorica 4243 1927;Prague 5008 1443;
Riga 5695 2410;Rome 4190 1248;Samara 5320 5015;San_Marino 4392 1247;Sarajevo 4387 1842;Saratov 5157 4603;Simferopol 4495 3410;
Skopje 4198 2143;Sofia 4268 2332;Stockholm 5933 1805;Tallinn 5942 2475;Tirane 4133 1983;Ulyanovsk 5433 4840;Vaduz 4715 952;
Vatican 4190 1245;Vienna 4822 1633;Vilnius 5468 2532;Volgograd 4873 4442;Warsaw 5225 2100;Zagreb 4580 1597;Zurich 4738 853;
Indian:
Antananarivo -1892 4752;Chagos -733 7242;Christmas -1042 10572;Cocos -1217 9692;Comoro -1168 4327;Kerguelen -4935 7022;Mahe -467 5547;
Maldives 417 7350;Mauritius -2017 5750;Mayotte -1278 4523;Reunion -2087 5547;
Pacific:
Apia -1383 -17173;Auckland -3687 17477;Bougainville -622 15557;Chatham -4395 -17655;Chuuk 742 15178;Easter -2715 -10943;Efate -1767 16842;
Fakaofo -937 -17123;Fiji -1813 17842;Funafuti -852 17922;Galapagos -90 -8960;Gambier -2313 -13495;Guadalcanal -953 16020;Guam 1347 14475;
Honolulu 2131 -15786;Kanton -278 -17172;Kiritimati 187 -15733;Kosrae 532 16298;Kwajalein 908 16733;Majuro 715 17120;Marquesas -900 -13950;
Midway 2822 -17737;Nauru -52 16692;Niue -1902 -16992;Norfolk -2905 16797;Noumea -2227 16645;Pago_Pago -1427 -17070;Palau 733 13448;
Pitcairn -2507 -13008;Pohnpei 697 15822;Port_Moresby -950 14717;Rarotonga -2123 -15977;Saipan 1520 14575;Tahiti -1753 -14957;
Tarawa 142 17300;Tongatapu -2113 -17520;Wake 1928 16662;Wallis -1330 -17617;
`;

/** Other names, as the tz database's file `backward` links them: the name with a place, then those that mean it. */
const ALIASES = `
Africa/Asmara Africa/Asmera;Africa/Bamako Africa/Timbuktu;Africa/Cairo Egypt;Africa/Tripoli Libya;America/Adak America/Atka US/Aleutian;
America/Anchorage US/Alaska;America/Argentina/Buenos_Aires America/Buenos_Aires;
America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Catamarca;America/Argentina/Cordoba America/Cordoba America/Rosario;
America/Argentina/Jujuy America/Jujuy;America/Argentina/Mendoza America/Mendoza;America/Atikokan America/Coral_Harbour;
America/Chicago US/Central;America/Denver America/Shiprock Navajo US/Mountain;America/Detroit US/Michigan;
America/Edmonton America/Yellowknife Canada/Mountain;America/Halifax Canada/Atlantic;America/Havana Cuba;
America/Indiana/Indianapolis America/Fort_Wayne America/Indianapolis US/East-Indiana;
America/Indiana/Knox America/Knox_IN US/Indiana-Starke;America/Iqaluit America/Pangnirtung;America/Jamaica Jamaica;
America/Kentucky/Louisville America/Louisville;America/Los_Angeles US/Pacific;America/Manaus Brazil/West;America/Mazatlan Mexico/BajaSur;
America/Mexico_City Mexico/General;America/New_York US/Eastern;America/Noronha Brazil/DeNoronha;America/Nuuk America/Godthab;
America/Phoenix US/Arizona;America/Regina Canada/Saskatchewan;America/Rio_Branco America/Porto_Acre Brazil/Acre;
America/Santiago Chile/Continental;America/Sao_Paulo Brazil/East;America/St_Johns Canada/Newfoundland;America/St_Thomas America/Virgin;
America/Tijuana America/Ensenada America/Santa_Isabel Mexico/BajaNorte;
America/Toronto America/Montreal America/Nipigon America/Thunder_Bay Canada/Eastern;America/Vancouver Canada/Pacific;
America/Whitehorse Canada/Yukon;America/Winnipeg America/Rainy_River Canada/Central;Antarctica/McMurdo Antarctica/South_Pole;
Arctic/Longyearbyen Atlantic/Jan_Mayen;Asia/Ashgabat Asia/Ashkhabad;Asia/Dhaka Asia/Dacca;Asia/Ho_Chi_Minh Asia/Saigon;
Asia/Hong_Kong Hongkong;Asia/Jerusalem Asia/Tel_Aviv Israel;Asia/Kathmandu Asia/Katmandu;Asia/Kolkata Asia/Calcutta;Asia/Macau Asia/Macao;
Asia/Makassar Asia/Ujung_Pandang;Asia/Nicosia Europe/Nicosia;Asia/Seoul ROK;Asia/Shanghai Asia/Chongqing Asia/Chungking Asia/Harbin PRC;
Asia/Singapore Singapore;Asia/Taipei ROC;Asia/Tehran Iran;Asia/Thimphu Asia/Thimbu;Asia/Tokyo Japan;
Asia/Ulaanbaatar Asia/Choibalsan Asia/Ulan_Bator;Asia/Urumqi Asia/Kashgar;Asia/Yangon Asia/Rangoon;Atlantic/Faroe Atlantic/Faeroe;
Atlantic/Reykjavik Iceland;Australia/Adelaide Australia/South;Australia/Brisbane Australia/Queensland;
Australia/Broken_Hill Australia/Yancowinna;Australia/Darwin Australia/North;Australia/Hobart Australia/Currie Australia/Tasmania;
Australia/Lord_Howe Australia/LHI;Australia/Melbourne Australia/Victoria;Australia/Perth Australia/West;
Australia/Sydney Australia/ACT Australia/Canberra Australia/NSW;Europe/Chisinau Europe/Tiraspol;Europe/Dublin Eire;
Europe/Istanbul Asia/Istanbul Turkey;Europe/Kyiv Europe/Kiev Europe/Uzhgorod Europe/Zaporozhye;Europe/Lisbon Portugal;
Europe/London Europe/Belfast GB GB-Eire;Europe/Moscow W-SU;Europe/Warsaw Poland;Pacific/Auckland NZ;Pacific/Chatham NZ-CHAT;
Pacific/Chuuk Pacific/Truk Pacific/Yap;Pacific/Easter Chile/EasterIsland;Pacific/Honolulu Pacific/Johnston US/Hawaii;
Pacific/Kanton Pacific/Enderbury;Pacific/Kwajalein Kwajalein;Pacific/Pago_Pago Pacific/Samoa US/Samoa;Pacific/Pohnpei Pacific/Ponape;
`;

let positions: ReadonlyMap<string, Position> | null = null;

/** Where the city of a zone is; null for zones that are nowhere, such as UTC, and for names that nobody knows. */
export function positionOfZone(zone: string): Position | null {
  positions ??= readPositions();
  return positions.get(zone.toLowerCase()) ?? null;
}

function readPositions(): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  let region = '';
  for (const line of CITIES.trim().split('\n')) {
    if (line.endsWith(':')) region = line.slice(0, -1);
    else {
      for (const entry of line.split(';').filter((each) => each !== '')) {
        const [city = '', north = '', east = ''] = entry.split(' ');
        found.set(`${region}/${city}`.toLowerCase(), { latitude: Number(north) / 100, longitude: Number(east) / 100 });
      }
    }
  }
  for (const entry of ALIASES.trim().split(/[;\n]+/u)) {
    const [zone = '', ...names] = entry.split(' ');
    const position = found.get(zone.toLowerCase());
    if (position !== undefined) for (const name of names) found.set(name.toLowerCase(), position);
  }
  return found;
}
