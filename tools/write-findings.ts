/**
 * Writes docs/findings.md, the page of every rule, from the rules themselves. `--check` only compares and exits 1 when the page is out
 * of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RULES } from '../src/map/findings/index.ts';
import { SEVERITY } from '../src/terms.ts';

const path = fileURLToPath(new URL('../docs/findings.md', import.meta.url));
const text = `# Findings

A finding is a hole: a part that nobody holds, a duty that is not met, evidence that no longer counts, a provider without proof.
\`demarc check system.yaml\` prints every finding with its place in the description, its remedy and the requirements concerned, and exits
1 if there are any; packs list them too. This page says for each of the ${RULES.length} rules what exactly counts; \`demarc explain finding:RULE\`
prints the same. It is written from the rules by \`npm run findings\`.

- **Severity.** *High*: an assessor would fail it. *Medium*: an assessor would ask. *Low*: it should be tidied up. Some rules make an
  exception upward or downward, which their page names.
- **Identifier.** A rule and what it is about, such as \`duty-without-statement:backup\`. It names things and never their position, so it stays
  the same when the description is re-ordered, and from pack to pack.
- **What is asked.** Which papers about providers a framework asks for, and which requirements may be departed from by decision, is said
  in the file of the framework (\`on-file\`, \`decided\`): see [add a framework](add-a-framework.md).

## Living with a finding

A finding that cannot be mended at once can be suppressed, with a reason, somebody who approved that, and an end:

\`\`\`yaml
suppressions:
  - finding: duty-unmet:penetration-testing
    reason: The test is booked for the second week of November.
    approved-by: Head of IT
    until: "2026-11-27"
\`\`\`

Until that day, the day itself included, it does not count in the exit code and is listed last, with the reason. From the day after it is
an ordinary finding again and says that it was suppressed. A suppression that matches no finding is a finding of its own.

## The rules

| rule | severity | what it finds |
|---|---|---|
${RULES.map(({ id, severity, title }) => `| [${id}](#${id}) | ${SEVERITY[severity].toLowerCase()} | ${title} |`).join('\n')}

${RULES.map(({ id, severity, title, help, remedy }) => `### ${id}\n\n**${title}** (${SEVERITY[severity].toLowerCase()}). ${help}\n\n*Remedy:* ${remedy}`).join('\n\n')}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    console.error('docs/findings.md is out of date: run npm run findings');
    process.exitCode = 1;
  }
} else writeFileSync(path, text);
