// The customer's server: answers with the TwiML it was given for a path, and checks the signature of everything that it is asked.
import { createServer } from "node:http";
import twilio from "twilio";

export async function startCustomer(authToken) {
  const answers = new Map();
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const url = `http://${request.headers.host}${request.url}`;
    const form = {};
    for (const [name, value] of new URLSearchParams(body)) form[name] = name in form ? [form[name], value].flat() : value;
    const valid = twilio.validateRequest(authToken, request.headers["x-twilio-signature"] ?? "", url, form);
    const path = new URL(url).pathname;
    asked.push({ path, url, form, valid, method: request.method, headers: request.headers });
    const twiml = answers.get(path);
    response.writeHead(twiml === undefined ? 204 : 200, twiml === undefined ? {} : { "Content-Type": "text/xml" });
    response.end(twiml === undefined ? undefined : `<Response>${twiml}</Response>`);
  });
  await new Promise(ready => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}`;
  return {
    asked,
    says: (path, twiml) => answers.set(path, twiml),
    at: path => base + path,
    to: path => asked.filter(each => each.path === path),
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}
