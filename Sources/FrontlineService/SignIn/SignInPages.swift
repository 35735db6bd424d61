import RPCServer

/// The few pages that people see while they sign in.
///
/// They keep no state, and work without the style and in the colours that the person has chosen.
enum SignInPages {
    private static let type = "text/html; charset=utf-8"
    /// Lets the page of a link run its script and send the link to this server, and nothing else.
    private static let linkPolicy = """
        default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'; require-trusted-types-for 'script'
        """
    private static let problemPolicy = """
        default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """

    /// How both look: one column, the system's font, light or dark.
    static let style = WebResponse(
        type: "text/css; charset=utf-8",
        body: Array(
            """
            :root { color-scheme: light dark; --ink: light-dark(#1c2430, #e8ecf2); --paper: light-dark(#f4f6f9, #12161c);
              --card: light-dark(#ffffff, #1b212a); --line: light-dark(#d5dbe4, #343d4a); --accent: light-dark(#1f5fbf, #7fb0ff);
              --on-accent: light-dark(#ffffff, #0d1420); }
            * { box-sizing: border-box; }
            [hidden] { display: none !important; }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--paper);
              color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
            main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
            h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
            .product { margin: 0 0 .25rem; font-size: .875rem; letter-spacing: .02em; opacity: .75; }
            p { overflow-wrap: anywhere; }
            main > :last-child { margin-bottom: 0; }
            button, .button { display: inline-block; min-height: 2.75rem; padding: .6rem 1.25rem; border: 0; border-radius: .5rem;
              background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
            button:disabled { opacity: .5; cursor: default; }
            :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }

            """.utf8
        )
    )

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
                <p id="message" role="status" aria-atomic="true">This link signs you in on this browser. It works once.</p>
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
              message.textContent = "Signing in …";
              try {
                const answer = await fetch("/sign-in/redeem", {
                  method: "POST",
                  headers: {"Content-Type": "application/json"},
                  body: JSON.stringify({link}),
                });
                if (answer.ok) return location.replace("/");
                message.textContent = answer.status === 401
                  ? "This link was used already or has expired. Ask whoever gave it to you for a new one."
                  : (await answer.json()).message;
                button.hidden = answer.status === 401;
                button.disabled = false;
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
            <p><a class="button" href="/sign-in">Try again</a></p>
            """
        return WebResponse(
            status: status,
            type: type,
            body: Array(page("Not signed in", content).utf8),
            headers: headers,
            policy: problemPolicy
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
        <link rel="stylesheet" href="/sign-in/style.css">
        </head>
        <body>
        <main>
        <p class="product">Frontline</p>
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
