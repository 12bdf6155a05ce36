import '@mantine/core/styles.css';
import './style.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './console.tsx';
import { RequestProblem } from './requests/ask.ts';
import { colours, theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    // Whoever is cut off is told so at once; nothing waits unseen for the network to come back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 1_000,
      // What the API refused it will refuse again; what did not answer may.
      retry: (failures, error) => !(error instanceof RequestProblem) && failures < 2,
    },
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('the document has no root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={colours} defaultColorScheme="auto">
      <QueryClientProvider client={queries}><Console /></QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
