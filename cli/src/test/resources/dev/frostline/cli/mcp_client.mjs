// Asks frostline mcp as an assistant does, by the client of the protocol's own SDK; prints one JSON document.
import { createRequire } from "node:module";
const [modules, java, classPath, store] = process.argv.slice(2);
const load = (name) => import(createRequire(modules + "/").resolve("@modelcontextprotocol/sdk/" + name));
const { Client } = await load("client/index.js");
const { StdioClientTransport } = await load("client/stdio.js");

const client = new Client({ name: "test", version: "1" });
await client.connect(
  new StdioClientTransport({
    command: java,
    args: ["-cp", classPath, "dev.frostline.cli.Frostline", "mcp", "--db", store],
  }),
);
const called = async (name, args) => {
  try {
    const answer = await client.callTool({ name, arguments: args });
    return { error: answer.isError, text: answer.content[0].text };
  } catch (e) {
    return { refused: e.message };
  }
};
const { tools } = await client.listTools();
console.log(
  JSON.stringify({
    server: client.getServerVersion(),
    tools: tools.map((tool) => tool.name + " " + tool.annotations.readOnlyHint),
    functions: await called("functions", {}),
    findings: await called("findings", { since: "2020-01-01" }),
    explain: await called("explain", { function: "checkout-api", deployments: "3..4" }),
    imports: await called("imports", { name: "pandas" }),
    sql: await called("sql", { statement: "SELECT count(*) AS n FROM cold_starts" }),
    written: await called("sql", { statement: "DELETE FROM cold_start" }),
    injected: await called("explain", { function: "--db=/etc/passwd" }),
    unknown: await called("explain", { function: "no-such" }),
    tool: await called("delete_everything", {}),
    parameter: await called("sql", { statement: "SELECT 1", file: "x" }),
    missing: await called("sql", {}),
  }),
);
await client.close();
