/** Writes the invented questionnaire of a customer with which the sample `payments` is filled in documentation and tests. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workbook } from '../src/document.ts';
import { writeWorkbook } from '../src/write/xlsx/index.ts';

const ANSWERS = ['Yes', 'No', 'Partially', 'Not applicable'];

const QUESTIONS: [section: string, ...questions: string[]][] = [
  [
    'Governance',
    'Do you have an information security policy approved by management?',
    'Are security policies and procedures reviewed at least annually?',
    'Are background checks performed on employees?',
    'Is security awareness training mandatory for all employees?',
    'Have your developers been trained in secure coding?',
    'Do you carry cyber insurance?',
    'Which frameworks or certifications do you hold?',
  ],
  [
    'Access',
    'Is multi-factor authentication enforced for all employees and privileged users?',
    'Is access granted on the principle of least privilege?',
    'Are user access rights reviewed at least quarterly?',
    'Are shared accounts allowed?',
    'Do you support single sign-on for your customers?',
  ],
  [
    'Data',
    'Is customer data encrypted at rest?',
    'Is data encrypted in transit?',
    'Is the data of different customers segregated?',
    'Are backups performed?',
    'Are business continuity and disaster recovery plans tested at least annually?',
    'How long do you keep our data after the contract ends?',
    'Are wireless networks secured and encrypted?',
  ],
  [
    'Operations',
    'Are changes tested and approved before deployment to production?',
    'Are penetration tests performed by an independent third party at least annually?',
    'Are security patches installed in a timely manner?',
    'Do you have an incident response plan?',
    'Will you notify us of security incidents within 24 hours?',
    'Have you had a data breach in the last three years?',
    'Do you use quantum-resistant key exchange in all interfaces?',
  ],
];

/** The questionnaire as a workbook. */
export function sampleQuestionnaire(): Workbook {
  const rows = QUESTIONS.flatMap(([section, ...questions], i) =>
    questions.map((question, j) => [`${i + 1}.${j + 1}`, section, question, '', '']),
  );
  return {
    title: 'Supplier security questionnaire',
    subject: 'What a shop asks its payment provider',
    author: 'Lindenbrook Outfitters (invented)',
    keywords: [],
    date: '2026-10-01',
    sheets: [
      {
        name: 'Questionnaire',
        title: 'Supplier security questionnaire',
        intro: ['Lindenbrook Outfitters is an invented shop. Please answer every question and explain your answer.'],
        columns: [
          { title: 'No.', width: 8 },
          { title: 'Section', width: 16 },
          { title: 'Question', width: 60, wrap: true },
          { title: 'Answer', width: 18, list: ANSWERS, input: true },
          { title: 'Comment', width: 70, wrap: true, input: true },
        ],
        rows,
        freezeColumns: 1,
        landscape: true,
        table: true,
      },
    ],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(fileURLToPath(new URL('..', import.meta.url)), 'samples', 'payments', 'questionnaire.xlsx');
  writeFileSync(path, (await writeWorkbook(sampleQuestionnaire())).bytes);
}
