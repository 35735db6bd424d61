import RPCServer

/// The few pages that people see while they sign in.
///
/// They work without styles and keep no state.
enum SignInPages {
    private static let type = "text/html; charset=utf-8"
    /// Lets the page of a link run its script and send the link to this server, and nothing else.
    private static let linkPolicy = """
        default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'; require-trusted-types-for 'script'
        """

    /// The page of a link.
    ///
    /// What the link holds stands behind `#`, which browsers send to nobody, and a person presses a button, so that
    /// programs that look where links lead do not use it up.
    static let link = WebResponse(
        type: type,
        body: Array(
            page(
                "Sign in",
                """
                <p id="message" role="status" aria-atomic="true">This link signs you in, once.</p>
                <button id="go" type="button">Sign in</button>
                <noscript><p>The page needs JavaScript to read what the link holds.</p></noscript>
                <script src="/sign-in/link.js"></script>
                """
            ).utf8
        ),
        policy: linkPolicy
    )

    /// What the button does.
    static let linkScript = WebResponse(
        type: "text/javascript; charset=utf-8",
        body: Array(
            """
            "use strict";
            const link = location.hash.slice(1);
            // The address stays in the history of the browser; what the link holds does not.
            history.replaceState(null, "", location.pathname);
            const button = document.getElementById("go");
            const message = document.getElementById("message");
            button.addEventListener("click", async () => {
              button.disabled = true;
              message.textContent = "Signing in";
              try {
                const answer = await fetch("/sign-in/redeem", {
                  method: "POST",
                  headers: {"Content-Type": "application/json"},
                  body: JSON.stringify({link}),
                });
                if (answer.ok) return location.replace("/");
                const said = await answer.json();
                message.textContent = said.message || (said.error && said.error.message) || "The link does not count.";
              } catch {
                message.textContent = "The server cannot be reached. Try again.";
                button.disabled = false;
              }
            });

            """.utf8
        )
    )

    /// Says why somebody is not signed in, and leads to another try.
    static func problem(
        _ status: Int,
        _ message: String,
        headers: [(name: String, value: String)] = []
    ) -> WebResponse {
        let content = """
            <p role="alert">You are not signed in: \(escaped(message)).</p>
            <p><a href="/sign-in">Try again</a></p>
            """
        return WebResponse(
            status: status,
            type: type,
            body: Array(page("Not signed in", content).utf8),
            headers: headers
        )
    }

    private static func page(_ title: String, _ content: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) · Frontline</title>
        </head>
        <body>
        <main>
        <h1>\(title)</h1>
        \(content)
        </main>
        </body>
        </html>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
