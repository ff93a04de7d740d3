import type { Grammar } from './grammar.ts';
import { dayOf, inDays, lengthOf } from './read-clock.ts';
import { BEGIN, END, clockRules, dateRules, fixed, lengthRules, part, placeRule, week, weekday, zone } from './romance.ts';
import { ABBREVIATION_RULES } from './stated-zone.ts';
import type { LengthUnit } from './when.ts';

const MONTHS = 'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre';
const MONTH_STARTS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];
const DAYS = 'lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo';
const DAY_STARTS = ['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo'];
const NUMBER = '\\d{1,3}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|veinticuatro|treinta';
const UNIT =
  'minutos?|mins?|horas? h[áa]bil(?:es)?|horas? laborables?|horas?|hrs?|h|d[íi]as? h[áa]bil(?:es)?|d[íi]as? (?:laborables?|laborales?)|d[íi]as?|semanas?';
const LIMITED =
  '(?:en|dentro de|en (?:el plazo|un plazo|un plazo m[áa]ximo|un m[áa]ximo|menos) de|en no m[áa]s de|antes de|en un m[áa]ximo de)(?: (?:unos|unas|apenas|solo|m[áa]ximo))?(?: (?:los|las|el|la))?(?: pr[óo]xim[ao]s?)?';

function unitOf(word: string): LengthUnit {
  const isBusiness = /habil|labora/u.test(word);
  if (word.startsWith('min')) return 'minute';
  if (word.startsWith('h')) return isBusiness ? 'business-hour' : 'hour';
  if (word.startsWith('s')) return 'week';
  return isBusiness ? 'business-day' : 'day';
}

const VERB = '[\\p{L}]{2,16}';

export const spanish: Grammar = {
  language: 'es',
  reads: (text) => /[a-z]{2}/u.test(text),
  prepare: (text) => text,
  mentions:
    /\d|hoy|ma[ñn]ana|tarde|noche|d[íi]a|hora|minuto|semana|mes|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|jornada|(?:la|las) \p{L}/u,
  rules: [
    fixed('a m[áa]s tardar|como muy tarde|como m[áa]ximo|para', { kind: 'limit', isBefore: false }),
    fixed('antes del?', { kind: 'limit', isBefore: true }),
    fixed('hoy(?: mismo)?|en el d[íi]a de hoy', inDays(0)),
    fixed('esta (?:misma )?ma[ñn]ana', inDays(0, 'morning')),
    fixed('esta (?:misma )?tarde', inDays(0, 'afternoon')),
    fixed('esta (?:misma )?noche', inDays(0, 'night')),
    fixed('(?<!(?<![\\p{L}])(?:la|esta|misma) )ma[ñn]ana', inDays(1)),
    fixed('ma[ñn]ana a primera hora|a primera hora de ma[ñn]ana', inDays(1, 'early')),
    fixed('pasado ma[ñn]ana', inDays(2)),
    {
      pattern: new RegExp(
        `${BEGIN}(pr[óo]ximo )?(${DAYS})(?: (que viene|pr[óo]ximo|de la (?:pr[óo]xima semana|semana que viene)))?${END}`,
        'gu',
      ),
      read: ([, before, day = '', after]) =>
        weekday(
          DAY_STARTS,
          day,
          after?.startsWith('de') === true ? 'next' : before === undefined && after === undefined ? 'coming' : 'either',
        ),
    },
    fixed('(?:el |al )?final(?:es)? de (?:la|esta) semana|esta (?:misma )?semana', dayOf(week(0, 'end'))),
    fixed(
      '(?:final(?:es)? de )?la (?:pr[óo]xima semana|semana que viene|semana pr[óo]xima)|(?:pr[óo]xima semana|semana que viene)',
      dayOf(week(1, 'end')),
    ),
    fixed('(?:a )?(?:principios|inicios|comienzos) de (?:la )?(?:pr[óo]xima semana|semana que viene)', dayOf(week(1, 'early'))),
    fixed('(?:este |el )?fin de semana', dayOf(week(0, 'weekend'))),
    fixed('(?:final(?:es)?|fin) de(?: este)? mes|este mes', dayOf({ kind: 'month', months: 0 })),
    ...dateRules(MONTHS, MONTH_STARTS),
    {
      pattern: new RegExp(`${BEGIN}(?:el|del) (?:d[íi]a )?(\\d{1,2})(?![\\p{L}\\d:./%]| de)`, 'gu'),
      read: ([, day]) => dayOf({ kind: 'day-of-month', day: Number(day) }),
    },
    {
      pattern: new RegExp(`${BEGIN}(?:${DAYS}) (\\d{1,2})(?![\\p{L}\\d:./%]| de)`, 'gu'),
      read: ([, day]) => dayOf({ kind: 'day-of-month', day: Number(day) }),
    },
    part('(?:por|en|de) la ma[ñn]ana', 'morning'),
    part('a primera hora', 'early'),
    part('(?:al |el )?mediod[íi]a', 'noon'),
    part('(?:por|en|de) la tarde', 'afternoon'),
    part('(?:por|en|de) la noche', 'evening'),
    part('(?:el |al )?fin(?:al)? del d[íi]a|(?:el )?final? de la jornada|cierre de (?:la )?(?:oficina|jornada)', 'workday'),
    fixed('(?:la )?medianoche', { kind: 'clock', clock: { hour: 24, minute: 0, half: '24' } }),
    ...clockRules('las|la|a eso de las', '\\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce'),
    ...lengthRules(LIMITED, NUMBER, UNIT, unitOf),
    { pattern: new RegExp(`${BEGIN}(?:en|dentro de) media hora${END}`, 'gu'), read: () => lengthOf('30', undefined, 'minute') },
    zone('(?:en |de )?(?:su|tu|vuestra) (?:hora(?: local)?|zona horaria|huso horario)|(?:de la )?hora local', 'customer'),
    zone('(?:en |de )?(?:nuestra|mi) (?:hora(?: local)?|zona horaria)', 'writer'),
    placeRule('hora (?:local )?(?:de |del |en )?'),
    ...ABBREVIATION_RULES,
  ],
  glue: /^[\s,()]{0,3}(?:(?:a|al|en|por|de|del|el|la|las|los|sobre|hacia)[\s,]{1,2}){0,3}$/u,
  range: /^ ?(?:-|–|a|y|o) ?(?:las )?$/u,
  voice: {
    governs: 'before',
    ours: new RegExp(
      [
        `${BEGIN}${VERB}(?:remos|ré|rá|rán)${END}`,
        `${BEGIN}(?:vamos|voy|va|van) a ${VERB}r`,
        `${BEGIN}(?:le|les|te|os|lo|la|se lo|se la) (?:escribo|doy|damos|digo|llamo|respondo|contesto|aviso|confirmo|informo|env[íi]o|mando|cuento|actualizo|llamamos|respondemos|contestamos|avisamos|informamos|enviamos)${END}`,
        `${BEGIN}(?:me pongo|nos ponemos|nos comprometemos|me comprometo|prometo|prometemos|garantizamos|aseguramos|esperamos|espero|puede(?:s|n)? esperar|deber[íi]amos|respondemos|contestamos)${END}`,
      ].join('|'),
      'gu',
    ),
    others: new RegExp(
      [
        `${BEGIN}(?:por favor|rogamos|rogar[íi]amos|necesit[\\p{L}]{1,7}|requer[\\p{L}]{1,8}|solicitamos|pedimos|pediremos|queremos|querr[íi]amos)${END}`,
        `${BEGIN}(?:debes?|deben|deber[áa]n?|tiene(?:n|s)? que|tendr[áa]n? que|podr[íi]a(?:s|n)?|podr[áa]s?|podr[áa]n|puede(?:s|n)?)${END}(?! esperar)`,
        `${BEGIN}(?:env[íi]e(?:nos|me)?|responda(?:nos)?|conteste|confirme(?:nos)?|d[íi]ganos|h[áa]ganos|suba|complete|ind[íi]quenos|facil[íi]tenos|mande)${END}`,
        `${BEGIN}(?:caduca|caducar[áa]|vence|vencer[áa]|expira|expirar[áa]|cerrar[áa]|plazo para|v[áa]lid[oa])${END}`,
        `${BEGIN}(?:su|el|tu) (?:banco|transportista|emisor|proveedor|comercio|destinatario)(?: (?:ya |le |se lo |lo )?${VERB}rá)?${END}`,
      ].join('|'),
      'gu',
    ),
    breaks: /(?<![\p{L}])(?:y|pero|que|porque)(?![\p{L}])/u,
    action:
      /respond|contest|escrib|llam|avis|inform|env[íi]|confirm|contact|actualiz|resolv|resuelt|soluci|complet|proces|reembols|devol|devuel|acredit|liber|revis|compr[ou]|investig|noticias|respuesta|pondr|pongo|ponemos|volver|cuent|dar[ée]|daremos|tendr|recibir|list[oa]|repar|corrig|correg|termin|habl|dir[ée]|estar[áe]/u,
    hedges: /intent|tratar|esper[oa]|procurar|deber[íi]a|probablemente|posiblemente|aproximadamente|alrededor|estim|hacia las|sobre las/u,
    question: /\?$|^\W{0,3}¿/u,
    conditions:
      /(?<![\p{L}])(?:si (?!bien)|una vez|en cuanto|cuando|en caso de|siempre que|a menos que|tan pronto|tras|despu[ée]s de (?:recibir|que)|(?:dijimos|prometimos|dijeron|dije|promet[íi]|prometieron|coment[óée]\p{L}{0,4}) que)/u,
    blockedBefore:
      /(?<![\p{L}])(?:hasta|desde|despu[ée]s|a partir|tras|durante|hace|cada|pasad[oa]|[úu]ltim[oa]s?|ayer|m[áa]s|no|se?g[úu]n)(?: de)?(?: (?:el|la|las|los))? ?$/u,
    blockedAfter:
      /^[\s,]{0,2}(?:si|una vez|desde|despu[ée]s de|tras|de (?:recibir|haber|que)|a partir de|siempre que|cuando|pasado)(?![\p{L}])/u,
    never:
      /(?<![\p{L}])(?:no (?:le |les |te |lo )?(?:podremos|podr[ée]|ser[áa] posible|podemos|puedo)|cerrad[oa]s?|normalmente|habitualmente|generalmente|suele(?:n|mos)?|fuera de la oficina)/u,
  },
};
