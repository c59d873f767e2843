import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const CATALOGUE = 'Every visible text lives in src/texts, so that it can be translated: use t().';
const MANTINE_STYLE = 'This component adds a <style> element, which the content security policy forbids. Use a CSS module.';
const VISIBLE = '/^(title|label|placeholder|alt|description|error|aria-label|aria-description|aria-roledescription)$/';

export default tseslint.config(
  { ignores: ['src/api/schema.d.ts', 'node_modules', 'public'] },
  ...tseslint.configs.strict,
  hooks.configs.flat.recommended,
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-imports': ['error', {
        paths: [
          { name: '@mantine/core', importNames: ['AppShell', 'Flex', 'Grid', 'SimpleGrid'], message: MANTINE_STYLE },
          { name: '@tabler/icons-react', message: 'Import icons from @/design/icons: the package root makes the bundler read 6,200 files.' },
        ],
      }],
    },
  },
  { files: ['src/modules.d.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['src/**/*.tsx'],
    rules: {
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error',
        { selector: 'JSXText[value=/\\p{L}/u]', message: CATALOGUE },
        { selector: `JSXAttribute[name.name=${VISIBLE}] > Literal[value=/\\p{L}/u]`, message: CATALOGUE },
        { selector: `JSXAttribute[name.name=${VISIBLE}] > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=/\\p{L}/u]`, message: CATALOGUE },
        { selector: ':matches(JSXElement, JSXFragment) > JSXExpressionContainer > Literal[value=/\\p{L}/u]', message: CATALOGUE },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text nodes only: what customers write is never HTML.' },
      ],
    },
  },
);
