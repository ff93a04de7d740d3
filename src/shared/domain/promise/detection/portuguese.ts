import type { Grammar } from './grammar.ts';
import { dayOf, inDays, lengthOf } from './read-clock.ts';
import { BEGIN, END, clockRules, dateRules, fixed, lengthRules, part, placeRule, week, weekday, zone } from './romance.ts';
import { ABBREVIATION_RULES } from './stated-zone.ts';
import type { LengthUnit } from './when.ts';

const MONTHS = 'janeiro|fevereiro|mar[çc]o|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro';
const MONTH_STARTS = ['jan', 'fev', 'mar', 'abr', 'mai', 'jun', 'jul', 'ago', 'set', 'out', 'nov', 'dez'];
const DAYS = 'segunda|ter[çc]a|quarta|quinta|sexta|s[áa]bado|domingo';
const DAY_STARTS = ['segunda', 'terca', 'quarta', 'quinta', 'sexta', 'sabado', 'domingo'];
const NUMBER = '\\d{1,3}|uma?|dois|duas|tr[êe]s|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|quinze|vinte|trinta';
const UNIT = 'minutos?|min|horas? [úu]t(?:il|eis)|horas?|hrs?|h|dias? [úu]t(?:il|eis)|dias?|semanas?';
const LIMITED =
  '(?:em at[ée]|em|dentro de|no prazo(?: m[áa]ximo)? de|em menos de|em no m[áa]ximo|no m[áa]ximo em|nas?|nos?|antes de|daqui a)(?: (?:os|as|o|a|at[ée]|umas?|uns))?(?: pr[óo]xim[ao]s?)?';

function unitOf(word: string): LengthUnit {
  const isBusiness = / ut/u.test(word);
  if (word.startsWith('min')) return 'minute';
  if (word.startsWith('h')) return isBusiness ? 'business-hour' : 'hour';
  if (word.startsWith('s')) return 'week';
  return isBusiness ? 'business-day' : 'day';
}

const VERB = '[\\p{L}]{2,16}';

export const portuguese: Grammar = {
  language: 'pt',
  reads: (text) => /[a-z]{2}/u.test(text),
  prepare: (text) => text,
  mentions:
    /\d|hoje|manh[ãa]|tarde|noite|dia|hora|minuto|semana|m[êe]s|segunda|ter[çc]a|quarta|quinta|sexta|s[áa]bado|domingo|expediente|(?:as|às) \p{L}/u,
  rules: [
    fixed('at[ée]|no m[áa]ximo(?: at[ée])?|o mais tardar|para', { kind: 'limit', isBefore: false }),
    fixed('antes d[aeo]s?', { kind: 'limit', isBefore: true }),
    fixed('hoje(?: mesmo)?', inDays(0)),
    fixed('(?:hoje|esta|nesta) (?:de |pela )?manh[ãa]', inDays(0, 'morning')),
    fixed('hoje [àa] tarde|(?:esta|nesta) tarde', inDays(0, 'afternoon')),
    fixed('hoje [àa] noite|(?:esta|nesta) noite', inDays(0, 'night')),
    fixed('amanh[ãa]', inDays(1)),
    fixed('depois de amanh[ãa]', inDays(2)),
    {
      pattern: new RegExp(
        `${BEGIN}(pr[óo]xim[ao] )?(${DAYS})(?:-feira)?(?: (que vem|da (?:pr[óo]xima semana|semana que vem)))?${END}`,
        'gu',
      ),
      read: ([, before, day = '', after]) =>
        weekday(
          DAY_STARTS,
          day,
          after?.startsWith('da') === true ? 'next' : before === undefined && after === undefined ? 'coming' : 'either',
        ),
    },
    fixed('(?:o )?(?:fim|final) d(?:a|esta) semana|(?:n?esta) semana', dayOf(week(0, 'end'))),
    fixed('(?:n?a )?(?:pr[óo]xima semana|semana que vem)', dayOf(week(1, 'end'))),
    fixed('(?:no )?(?:in[íi]cio|come[çc]o) da (?:pr[óo]xima semana|semana que vem)', dayOf(week(1, 'early'))),
    fixed('(?:n?este |no )?fim de semana', dayOf(week(0, 'weekend'))),
    fixed('(?:o )?(?:fim|final) d(?:o|este) m[êe]s|n?este m[êe]s', dayOf({ kind: 'month', months: 0 })),
    ...dateRules(MONTHS, MONTH_STARTS),
    {
      pattern: new RegExp(`${BEGIN}(?:o )?dia (\\d{1,2})(?![\\p{L}\\d:./%]| de)`, 'gu'),
      read: ([, day]) => dayOf({ kind: 'day-of-month', day: Number(day) }),
    },
    part('(?:de|pela|da) manh[ãa]', 'morning'),
    part('na primeira hora|logo cedo|bem cedo', 'early'),
    part('(?:o )?meio-dia', 'noon'),
    part('(?:[àa]|de|da) tarde', 'afternoon'),
    part('(?:[àa]|de|da) noite', 'evening'),
    part('(?:o )?(?:fim|final) do dia|(?:o )?(?:fim|final) do expediente', 'workday'),
    fixed('(?:a )?meia-noite', { kind: 'clock', clock: { hour: 24, minute: 0, half: '24' } }),
    ...clockRules('as|às|à|das', '\\d{1,2}|uma|duas|tr[êe]s|quatro|cinco|seis|sete|oito|nove|dez|onze|doze'),
    ...lengthRules(LIMITED, NUMBER, UNIT, unitOf),
    { pattern: new RegExp(`${BEGIN}(?:em|dentro de) meia hora${END}`, 'gu'), read: () => lengthOf('30', undefined, 'minute') },
    zone('(?:n?o )?seu (?:hor[áa]rio(?: local)?|fuso)|(?:n?a )?sua hora(?: local)?|hor[áa]rio local|hora local', 'customer'),
    zone('(?:n?o )?nosso hor[áa]rio(?: local)?|nossa hora', 'writer'),
    placeRule('(?:no )?(?:hor[áa]rio|hora) d[aeo] '),
    ...ABBREVIATION_RULES,
  ],
  glue: /^[\s,()]{0,3}(?:(?:a|as|às|à|ao|o|em|no|na|pela|de|do|da|por volta)[\s,]{1,2}){0,3}$/u,
  range: /^ ?(?:-|–|a|e|ou|até)? ?(?:as |às )?$/u,
  voice: {
    governs: 'before',
    ours: new RegExp(
      [
        `${BEGIN}${VERB}(?:remos|rei|rá|rão)${END}`,
        `${BEGIN}(?:vamos|vou|irei|iremos|vai|vão) ${VERB}r`,
        `${BEGIN}(?:retorno|retornamos|aviso|avisamos|escrevo|respondo|respondemos|ligo|ligamos|informo|informamos|envio|enviamos|confirmo|atualizo|entro em contato|entramos em contato|prometo|prometemos|garantimos|esperamos|espero|pretendemos|pode(?:m)? esperar)${END}`,
      ].join('|'),
      'gu',
    ),
    others: new RegExp(
      [
        `${BEGIN}(?:por favor|precis[\\p{L}]{1,7}|solicitamos|pedimos|pediremos|queremos|necessit[\\p{L}]{1,7})${END}`,
        `${BEGIN}(?:deve(?:m|rá|rão)?|tem que|têm que|terá que|poderá|poderia(?:m)?|pode(?:m)?)${END}(?! esperar)`,
        `${BEGIN}(?:envie(?:-nos)?|responda(?:-nos)?|confirme|complete|mande|informe-nos)${END}`,
        `${BEGIN}(?:expira|expirará|vence|vencerá|válid[oa]|prazo para)${END}`,
        `${BEGIN}(?:seu|o) (?:banco|emissor|fornecedor|destinatário)(?: (?:já |lhe )?${VERB}rá)?${END}`,
      ].join('|'),
      'gu',
    ),
    breaks: /(?<![\p{L}])(?:e|mas|que|porque)(?![\p{L}])/u,
    action:
      /respond|retorn|escrev|lig(?:o|ar|amos)|avis|inform|envi|confirm|contat|atualiz|resolv|solucion|conclu|process|reembols|devolv|credit|liber|revis|verific|investig|notícias|resposta|volt|dar[ea]|ter[áe]|receber|pront[oa]|corrig|termin|fal(?:o|ar)|analis/u,
    hedges: /tent|esper[oa]|pretend|deveria|provavelmente|possivelmente|aproximadamente|cerca de|por volta|estim|previs/u,
    question: /\?$/u,
    conditions:
      /(?<![\p{L}])(?:se |caso |assim que|quando|uma vez que|desde que|a menos que|após|depois de (?:receber|que)|(?:dissemos|disse|prometemos|prometi|disseram) que)/u,
    blockedBefore:
      /(?<![\p{L}])(?:desde|depois|a partir|após|durante|há|cada|passad[oa]|últim[oa]s?|ontem|mais|não)(?: d[aeo]s?)?(?: (?:o|a|os|as))? ?$/u,
    blockedAfter: /^[\s,]{0,2}(?:se|caso|desde|depois d|após|a partir d|de receber|quando|assim que|atrás)(?![\p{L}])/u,
    never:
      /(?<![\p{L}])(?:não (?:lhe |o |a )?(?:poderemos|poderei|será possível|podemos|posso|conseguiremos)|fechad[oa]s?|normalmente|geralmente|habitualmente|costum\p{L}{2,5})/u,
  },
};
