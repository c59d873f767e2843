import { describe, expect, it } from 'vitest';
import { emptyTaps, interactiveOf, isLink, type Taps, wrongWith } from './taps';

const taps = (change: Partial<Taps>): Taps => ({ ...emptyTaps('Which one?'), ...change });

describe('reply buttons', () => {
  it('go as Meta wants them', () => {
    const whole = taps({ buttons: ['Red ', 'Blue'], footer: 'Asha Sarees' });

    expect(wrongWith('buttons', whole)).toEqual({});
    expect(interactiveOf('buttons', whole)).toEqual({
      type: 'button', body: { text: 'Which one?' }, footer: { text: 'Asha Sarees' },
      action: { buttons: [{ type: 'reply', reply: { id: 'button-1', title: 'Red' } }, { type: 'reply', reply: { id: 'button-2', title: 'Blue' } }] },
    });
  });

  it('say what is wrong at the place where it is', () => {
    const wrong = wrongWith('buttons', taps({ body: ' ', header: 'x'.repeat(61), buttons: ['Yes', 'Yes', 'x'.repeat(21)] }));

    expect(Object.keys(wrong).sort()).toEqual(['body', 'button.1', 'button.2', 'header']);
    expect(wrong['button.2']).toContain('21');
  });
});

describe('a list', () => {
  it('goes with its sections, and needs their titles only when there are several', () => {
    const section = { title: '', rows: [{ title: 'Cotton', description: 'from ₹900' }] };
    const one = taps({ opens: 'Choose', sections: [section] });

    expect(wrongWith('list', one)).toEqual({});
    expect(interactiveOf('list', one)).toMatchObject({ type: 'list', action: { button: 'Choose', sections: [{ rows: [{ id: 'choice-1-1', title: 'Cotton', description: 'from ₹900' }] }] } });
    expect(Object.keys(wrongWith('list', taps({ opens: 'Choose', sections: [section, section] })))).toEqual(['section.0', 'section.1']);
  });
});

describe('a link', () => {
  it('leads to the web', () => {
    expect(['https://example.in', 'http://a.in/x?y=1'].every(isLink)).toBe(true);
    expect(['', 'https://', 'javascript:alert(1)', 'example.in', 'https://a b.in', 'https://localhost'].filter(isLink)).toEqual([]);
    expect(interactiveOf('link', taps({ linkText: 'Pay', url: 'https://example.in/pay' }))).toMatchObject({ type: 'cta_url', action: { parameters: { display_text: 'Pay', url: 'https://example.in/pay' } } });
  });
});
