import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eef8f4', '#d9eee5', '#b3dccb', '#88c8ae', '#62b595', '#45a583', '#2f8f6f', '#1f7659', '#145c45', '#0a4232',
];
const saffron: MantineColorsTuple = [
  '#fff6e6', '#fdeacb', '#fad49a', '#f7bc65', '#f4a93c', '#f2a33c', '#d9851a', '#b36b10', '#8a510a', '#5e3705',
];
const iris: MantineColorsTuple = [
  '#f1f0fb', '#dfdcf4', '#bdb7e9', '#998fdd', '#7c6fd2', '#6a5bcb', '#5d4dc0', '#4d3fa3', '#3e3384', '#2c2460',
];
const clay: MantineColorsTuple = [
  '#fdf0ec', '#f8dcd3', '#f0b8a6', '#e79177', '#df6f4f', '#da5a36', '#c94a27', '#a83b1d', '#852e17', '#5e1f0f',
];
/** Warm paper greys, never a neutral grey: this is most of the look. */
const gray: MantineColorsTuple = [
  '#fbfaf7', '#f5f3ee', '#ebe8e0', '#dedad0', '#c6c1b5', '#9b958a', '#716b61', '#544f48', '#393530', '#221f1b',
];
/** Dark surfaces are a green-tinted slate, from text down to well. */
const dark: MantineColorsTuple = [
  '#e7ecea', '#c5cecb', '#9ba7a3', '#76837f', '#3b4743', '#2b3532', '#212a27', '#19201e', '#131917', '#0d1110',
];

const TEXT = "'Hanken Grotesk Variable', 'Noto Sans', 'Noto Sans Devanagari', 'Noto Sans Gujarati', 'Noto Sans Tamil', 'Noto Sans Arabic', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  colors: { pine, saffron, iris, clay, gray, dark },
  white: '#fffefb',
  black: '#1c1a17',
  autoContrast: true,
  fontFamily: TEXT,
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, 'Noto Sans Mono', monospace",
  headings: { fontFamily: `'Bricolage Grotesque Variable', ${TEXT}`, fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.1875rem' },
  lineHeights: { xs: '1.3', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '9px', lg: '14px', xl: '22px' },
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28, color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    NumberInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 120, transition: 'pop' } } },
    // The page itself never scrolls, so nothing has to be locked; locking would also add a <style>.
    Modal: { defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.35, blur: 0 } } },
    Drawer: { defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.35, blur: 0 } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, fz: 'xs' } },
    Table: { defaultProps: { fz: 'sm', verticalSpacing: 6, horizontalSpacing: 'md' } },
  },
});

/** Colours that belong to this product and not to the component library. Read as var(--wb-…) in the style sheets. */
export const tokens: CSSVariablesResolver = () => ({
  variables: {
    '--wb-ease': 'cubic-bezier(.2, .7, .3, 1)',
    '--wb-focus': 'var(--mantine-color-saffron-5)',
  },
  light: {
    '--mantine-color-body': '#fffefb',
    '--mantine-color-dimmed': '#6b655b', '--mantine-color-placeholder': '#77705f', '--mantine-color-error': '#a83b1d',
    '--wb-rail': '#0c3428', '--wb-rail-fg': '#b9d6ca', '--wb-rail-active': '#1b5340',
    '--wb-panel': '#f7f5f0', '--wb-well': '#f0ede5', '--wb-line': '#e4e0d6', '--wb-line-strong': '#d3cec2',
    '--wb-hover': '#f1eee6', '--wb-raise': '#fffefb',
    '--wb-in': '#ffffff', '--wb-out': '#dcf1e4', '--wb-out-line': '#c4e4d2', '--wb-quote': 'rgb(28 26 23 / .05)',
    '--wb-note': '#fff3d6', '--wb-note-line': '#f0dcaa',
    '--wb-fail': '#fdf0ec', '--wb-fail-line': '#f0c3b4',
    '--wb-good': '#145c45', '--wb-warn': '#8a510a', '--wb-bad': '#a83b1d', '--wb-logic': '#4d3fa3', '--wb-read': '#12659a',
    '--wb-meta': '#5d6660', '--wb-skeleton': '#e9e5da',
    '--wb-thread': 'radial-gradient(60rem 30rem at 80% 110%, #f3efe4 0, transparent 70%), #fffefb',
    '--wb-shadow': '0 1px 1px rgb(40 34 20 / .05), 0 4px 14px -6px rgb(40 34 20 / .14)',
  },
  dark: {
    '--mantine-color-body': '#161c1a',
    '--mantine-color-dimmed': '#9aa8a3', '--mantine-color-placeholder': '#93a19c', '--mantine-color-error': '#e79177',
    '--wb-rail': '#0b100e', '--wb-rail-fg': '#8fa39b', '--wb-rail-active': '#1c2b26',
    '--wb-panel': '#131917', '--wb-well': '#0f1413', '--wb-line': '#26302d', '--wb-line-strong': '#34403c',
    '--wb-hover': '#19211e', '--wb-raise': '#1b2220',
    '--wb-in': '#222a28', '--wb-out': '#15402f', '--wb-out-line': '#1d5540', '--wb-quote': 'rgb(255 255 255 / .06)',
    '--wb-note': '#3a2f14', '--wb-note-line': '#57461d',
    '--wb-fail': '#2f1c16', '--wb-fail-line': '#6b3323',
    '--wb-good': '#88c8ae', '--wb-warn': '#f7bc65', '--wb-bad': '#e79177', '--wb-logic': '#bdb7e9', '--wb-read': '#62bdf0',
    '--wb-meta': '#b4c2bc', '--wb-skeleton': '#202a27',
    '--wb-thread': 'radial-gradient(60rem 30rem at 80% 110%, #16201c 0, transparent 70%), #161c1a',
    '--wb-shadow': '0 1px 1px rgb(0 0 0 / .3), 0 8px 22px -10px rgb(0 0 0 / .7)',
  },
});
