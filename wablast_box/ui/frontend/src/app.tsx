import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { theme } from '@/design/theme';
import { ConfirmIdentity } from '@/shell/ConfirmIdentity';
import { Toasts } from '@/shell/Toasts';
import { queryClient } from './query-client';
import { router } from './routes';

// public/scheme.js reads the same name before the first paint.
const schemeManager = localStorageColorSchemeManager({ key: 'wablast.scheme' });

/** The theme is a style sheet made at build time (bundling/theme-css.ts), so no <style> is added here. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemeManager} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
        <ConfirmIdentity />
      </QueryClientProvider>
    </MantineProvider>
  );
}
