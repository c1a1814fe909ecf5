// The mutation report as one page for people: nothing is loaded from anywhere.

/** Text that may stand in a script element as a JavaScript value. */
function inScript(value: object): string {
  return JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
}

/** `report` is in the common schema; `elements` is the script that draws it. */
export function mutationPage(report: object, elements: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>assay mutate</title>
<script>${elements.replaceAll("</script", String.raw`<\/script`)}</script>
</head>
<body>
<mutation-test-report-app title-postfix="assay mutate"></mutation-test-report-app>
<script>document.querySelector("mutation-test-report-app").report = ${inScript(report)};</script>
</body>
</html>
`;
}
