// table.mjs: results as a Markdown table, and the list of what went wrong.

const problems = [];

export function problem(text) {
    problems.push(text);
    console.log(`WRONG: ${text}`);
}

export function check(good, text) {
    if (!good) problem(text);
}

/// Prints rows of texts under a heading.
export function table(title, head, rows) {
    const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
    const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
    console.log(`\n${title}\n`);
    console.log(line(head));
    console.log(`|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
    for (const row of rows) console.log(line(row));
    console.log("");
}

/// Ends the program: status 1 if there was a problem.
export function finish() {
    console.log(problems.length === 0 ? "all as it must be" : `${problems.length} problems`);
    process.exitCode = problems.length === 0 ? 0 : 1;
}
