/// An option of the server, with all its names.
///
/// `frontline serve`, the environment, `frontline.yaml` and the README must agree with the table of all options
/// (``ServerOption/all``), which tests check.
package struct ServerOption: Sendable, Hashable {
    /// The types of values.
    package enum Kind: String, Sendable, Hashable {
        case text
        case list
        case flag
        case number
    }

    /// Its name in `frontline.yaml`; the environment variable is `FRONTLINE_` followed by this name in upper case with
    /// underscores.
    package let key: String
    /// Its name on the command line, without the dashes.
    package let argument: String
    /// The type of its value.
    package let kind: Kind
    /// The default, as shown in the README.
    package let fallback: String
    /// The description, in one line.
    package let help: String

    /// The environment variable.
    package var variable: String {
        "FRONTLINE_" + key.uppercased().replacing("-", with: "_")
    }

    private init(_ key: String, argument: String? = nil, _ kind: Kind, _ fallback: String, _ help: String) {
        self.key = key
        self.argument = argument ?? key
        self.kind = kind
        self.fallback = fallback
        self.help = help
    }

    package static let dataFolder = ServerOption(
        "data-folder",
        argument: "data",
        .text,
        ".frontline",
        "The folder that holds the store and the saved index."
    )
    package static let store = ServerOption(
        "store",
        .text,
        "sqlite in the data folder",
        """
        Where the store is: sqlite:DIR, or postgres://USER@HOST/DATABASE, which several servers may share. A password is best in \
        the file that PGPASSFILE names.
        """
    )
    package static let storeGrace = ServerOption(
        "store-grace",
        .number,
        "300",
        """
        Seconds for which those who are signed in go on searching and completing from memory while a database cannot be reached; \
        a token that is revoked meanwhile counts for so long. 0 for not at all.
        """
    )
    package static let erasures = ServerOption(
        "erasures",
        .text,
        "erasures.jsonl in the data folder",
        "File that lists erasures by keyed hashes, best kept beside the backups, so that erasures are repeated in a restored backup."
    )
    package static let listen = ServerOption(
        "listen",
        .list,
        "127.0.0.1:7411",
        "HOST:PORT to listen on; may be given several times; port 0 takes a free one."
    )
    package static let socket = ServerOption("socket", .text, "", "Path of a Unix socket to listen on.")
    package static let stdio = ServerOption(
        "stdio",
        .flag,
        "false",
        "Serve one client on standard input and output."
    )
    package static let knowledge = ServerOption(
        "knowledge",
        .text,
        "",
        "Folder whose new and changed articles are imported at start."
    )
    package static let rules = ServerOption(
        "rules",
        .text,
        "",
        "Folder whose policies, signals and scripts are published at start unless they were published before."
    )
    package static let encoder = ServerOption(
        "encoder",
        .text,
        "auto",
        "The sentence encoder: the name or path of a model, auto for the first one in FRONTLINE_MODELS, models of the data folder and .build/models, or off."
    )
    package static let encoderThreads = ServerOption(
        "encoder-threads",
        .number,
        "half of the processors",
        "Threads that embed articles in the background."
    )
    package static let tlsCertificate = ServerOption(
        "tls-certificate",
        .text,
        "",
        "PEM file with the certificate chain; the TCP listeners then speak TLS."
    )
    package static let tlsKey = ServerOption("tls-key", .text, "", "PEM file with the private key of the certificate.")
    package static let metricsListen = ServerOption(
        "metrics-listen",
        .text,
        "",
        "HOST:PORT that answers /metrics and /health over HTTP."
    )
    package static let web = ServerOption(
        "web",
        .text,
        "",
        "HOST:PORT that speaks WebSocket at /ws and takes calls at /rpc and messages of assistants at /mcp, over TLS if there is a certificate."
    )
    package static let webHosts = ServerOption(
        "web-hosts",
        .list,
        "those of the web address",
        "HOST or HOST:PORT under which clients may address the web server; may be given several times."
    )
    package static let webOrigins = ServerOption(
        "web-origins",
        .list,
        "the web server's own",
        "Origins whose pages may call the web server, such as https://desk.example.com; may be given several times."
    )
    package static let webURL = ServerOption(
        "web-url",
        .text,
        "the web address",
        """
        Where browsers reach the web server, such as https://desk.example.com: for sign-ins and for programs that ask where they get \
        tokens.
        """
    )
    package static let oidcIssuer = ServerOption(
        "oidc-issuer",
        .text,
        "",
        "The OpenID Connect issuer that vouches for people, letter by letter as its tokens name it: an https address."
    )
    package static let oidcClientID = ServerOption(
        "oidc-client-id",
        .text,
        "",
        "The name under which the issuer knows this server; tokens for it are accepted."
    )
    package static let oidcClientSecretFile = ServerOption(
        "oidc-client-secret-file",
        .text,
        "",
        """
        File with the secret that the issuer has given to this server, which may also be in FRONTLINE_OIDC_CLIENT_SECRET; neither for a \
        public client.
        """
    )
    package static let oidcAuthorities = ServerOption(
        "oidc-ca",
        .text,
        "those of the system",
        "PEM file of certificates to trust for the issuer."
    )
    package static let noAuthentication = ServerOption(
        "no-auth",
        .flag,
        "false",
        "Make every caller an admin; only on loopback addresses, a Unix socket or standard input."
    )
    package static let noAuthenticationScope = ServerOption(
        "no-auth-scope",
        .text,
        "loopback",
        "Who is an admin with no-auth: loopback, everybody on this machine, or socket, only who may use the Unix socket or standard input."
    )
    package static let logFormat = ServerOption("log-format", .text, "text", "text or json, on standard error.")
    package static let logLevel = ServerOption(
        "log-level",
        .text,
        "info",
        "trace, debug, info, notice, warning, error or critical."
    )
    package static let lineLimit = ServerOption(
        "line-limit",
        .number,
        "1048576",
        "The longest request line, in bytes."
    )
    package static let maximumConnections = ServerOption(
        "maximum-connections",
        .number,
        "12000",
        "Connections open at a time; further clients are told to retry."
    )
    package static let maximumInFlight = ServerOption(
        "maximum-in-flight",
        .number,
        "64",
        "Requests of one connection processed at a time; further ones wait unread."
    )
    package static let idleTimeout = ServerOption(
        "idle-timeout",
        .number,
        "600",
        "Seconds after which a silent connection without subscriptions is closed; 0 for never."
    )
    package static let authenticationTimeout = ServerOption(
        "authentication-timeout",
        .number,
        "30",
        "Seconds after which a silent connection that has not signed in is closed; 0 for the idle timeout."
    )
    package static let unauthenticatedPerAddress = ServerOption(
        "unauthenticated-per-address",
        .number,
        "1000",
        "Connections from one address that have not signed in, open at a time; a further one replaces a silent one; 0 for no limit."
    )
    package static let sharedAddresses = ServerOption(
        "shared-addresses",
        .list,
        "127.0.0.1,::1",
        "Addresses or networks that many clients come from, such as a proxy's, where limits by address do not apply; none for no such addresses."
    )
    package static let bufferLimit = ServerOption(
        "buffer-limit",
        .number,
        "256",
        "MiB that requests read ahead and answers not yet sent may take in total; above it, the connections that take the most are closed."
    )
    package static let publicRateLimit = ServerOption(
        "public-rate-limit",
        .number,
        "1000",
        "Requests per second without a token from one address; 0 for no limit."
    )
    package static let drainTimeout = ServerOption(
        "drain-timeout",
        .number,
        "10",
        "Seconds that running requests have to finish after SIGTERM."
    )
    package static let rateLimit = ServerOption(
        "rate-limit",
        .number,
        "0",
        "Requests per second that one subject may send; 0 for no limit."
    )

    package static let teams = ServerOption(
        "teams",
        .list,
        "",
        "Teams that conversations may be transferred to, besides those that tokens name; may be given several times."
    )
    package static let transcriptRetention = ServerOption(
        "transcript-retention-days",
        .number,
        "365",
        """
        Days after its last turn when the transcript of a conversation is deleted, and after its end when the events of an item of \
        work are; 0 for never.
        """
    )
    package static let timeZone = ServerOption(
        "time-zone",
        .text,
        "UTC",
        """
        The time zone in which the window `today` begins, and the days of measures and reports until a calendar is \
        published: a name of the IANA database, such as Europe/Berlin.
        """
    )
    package static let approvalHours = ServerOption(
        "approval-hours",
        .number,
        "24",
        "Hours after which an undecided request expires."
    )
    package static let clockGapDays = ServerOption(
        "clock-gap-days",
        .number,
        "31",
        "Days ahead of the last recorded time from which the clock is not trusted and nothing is granted; 0 trusts any clock."
    )
    package static let clockSkew = ServerOption(
        "clock-skew-seconds",
        .number,
        "10",
        """
        Seconds that this machine's clock may differ from that of a database server; beyond it this server grants nothing. 0 for any \
        difference.
        """
    )
    package static let customerIDCase = ServerOption(
        "customer-id-case",
        .text,
        "ignored",
        "ignored or distinct: whether K-1 and k-1 are one customer (and one order) or two; fixed when the store is created."
    )
    package static let scriptIdleTime = ServerOption(
        "script-idle-time",
        .number,
        "86400",
        "Seconds without a call after which a script session is abandoned; 0 for never."
    )

    /// All options, in the order of the README.
    package static let all = [
        dataFolder, store, storeGrace, erasures, listen, socket, stdio, knowledge, rules, encoder, encoderThreads,
        tlsCertificate, tlsKey, metricsListen, web, webHosts, webOrigins, webURL, oidcIssuer, oidcClientID,
        oidcClientSecretFile, oidcAuthorities, noAuthentication, noAuthenticationScope,
        logFormat, logLevel, lineLimit, maximumConnections, maximumInFlight,
        idleTimeout, authenticationTimeout, unauthenticatedPerAddress, sharedAddresses, bufferLimit, drainTimeout,
        rateLimit, publicRateLimit, teams, transcriptRetention, timeZone, approvalHours, clockGapDays, clockSkew,
        customerIDCase,
        scriptIdleTime,
    ]
}
