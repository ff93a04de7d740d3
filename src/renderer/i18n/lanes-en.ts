/** Words of the lanes, the sunset sweep and the sunrise brief. */
export const lanesEn = {
  title: 'Handoffs',
  tabs: 'Parts of Handoffs',
  go: { screen: 'Go to Handoffs', sweep: 'Start the sunset sweep', brief: 'Read the sunrise brief' },
  rail: {
    counts: 'Handoffs: {{parts}}',
    incoming_one: '{{count}} case offered to you',
    incoming_other: '{{count}} cases offered to you',
    answers_one: '{{count}} of your offers needs you',
    answers_other: '{{count}} of your offers need you',
    escalated_one: '{{count}} case escalated to you',
    escalated_other: '{{count}} cases escalated to you',
    sweepLeft_one: '{{count}} case left to sweep',
    sweepLeft_other: '{{count}} cases left to sweep',
  },
  tab: { lanes: 'Lanes', sweep: 'Sunset sweep', brief: 'Sunrise brief' },
};
