import { convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme, DEFAULT_THEME } from '@mantine/core';
import type { Plugin } from 'vite';
import { theme, tokens } from '../src/design/theme.ts';

const NAME = 'virtual:theme.css';

/** Turns the theme into a style sheet at build time. Mantine would add a <style> at run time, which our content
 *  security policy forbids. */
export function themeCss(): Plugin {
  return {
    name: 'wablast-theme-css',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? sheet() : undefined),
  };
}

function sheet(): string {
  const own = tokens(DEFAULT_THEME);
  const all = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
  return convertCssVariables(
    {
      variables: { ...all.variables, ...own.variables },
      light: { ...all.light, ...own.light },
      dark: { ...all.dark, ...own.dark },
    },
    ':root',
  );
}
