import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** A quiet green-blue; shade 8 on white and shade 3 on the dark ground pass WCAG AA. */
const assay: MantineColorsTuple = ['#eef7f6', '#d9eceb', '#b4d9d6', '#8bc6c1', '#62afa9', '#429892', '#2a817b', '#1e706b', '#17615e', '#0f4b49'];

/** Mantine's dark shades, text first, in the hue of the page. */
const dark: MantineColorsTuple = ['#e4e8ea', '#c3cbd0', '#a9b3ba', '#87939a', '#4a5459', '#3a4449', '#262e32', '#1c2225', '#15191b', '#0f1214'];

export const theme = createTheme({
  primaryColor: 'assay', colors: { assay, dark }, primaryShade: { light: 8, dark: 7 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'md', cursorType: 'pointer', autoContrast: true, respectReducedMotion: true,
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } } },
});

/** Mantine's dimmed text does not reach 4.5 : 1; ours does. */
export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#55606a', '--mantine-color-body': '#f7f8f8', '--mantine-color-placeholder': '#626c75',
    '--mantine-color-anchor': '#17615e',
    '--card': '#ffffff', '--line': '#dde2e4', '--quiet': '#eff2f3', '--hover': '#f1f6f6',
    '--good': '#1a6b3c', '--warn': '#8a5300', '--bad': '#b02a2a', '--ink-blue': '#2a5a9c',
    '--good-ground': '#e6f4ea', '--warn-ground': '#fff1d9', '--bad-ground': '#fdeaea', '--blue-ground': '#e8f0fa',
    '--bar-released': '#2a817b', '--bar-held': '#d08a1d', '--bar-out': '#7d8790', '--bar-superseded': '#c3cace', '--bar-undecided': '#b02a2a', '--bar-quiet': '#5b7fae', '--bar-fifth': '#7a5aa8',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b3ba', '--mantine-color-body': '#15191b', '--mantine-color-text': '#e4e8ea', '--mantine-color-placeholder': '#9aa4ab',
    '--mantine-color-anchor': '#8bc6c1',
    '--card': '#1c2225', '--line': '#30393d', '--quiet': '#232a2e', '--hover': '#222b2d',
    '--good': '#7fd19b', '--warn': '#f0b95a', '--bad': '#f59a9a', '--ink-blue': '#9cc1f2',
    '--good-ground': '#1a3324', '--warn-ground': '#3a2c12', '--bad-ground': '#3f1f1f', '--blue-ground': '#1c2d44',
    '--bar-released': '#429892', '--bar-held': '#d9992f', '--bar-out': '#7d8790', '--bar-superseded': '#4a5459', '--bar-undecided': '#e06565', '--bar-quiet': '#7b9cc9', '--bar-fifth': '#a98bd6',
  },
});
