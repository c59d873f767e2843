import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Variables } from './Variables';

afterEach(cleanup);

const shown = (): (string | null)[] => screen.getAllByRole('definition').map((one) => one.textContent);

test('what is empty says so, and nobody reads null', () => {
  render(<Variables variables={{ city: null, name: '', street: undefined }} />);
  expect(shown()).toEqual(['empty', 'empty', 'empty']);
});

test('what is nought, no, or a list is no empty value', () => {
  render(<Variables variables={{ people: 0, veg: false, tags: [], city: 'Pune' }} />);
  expect(shown()).toEqual(['0', 'false', '[]', 'Pune']);
});
