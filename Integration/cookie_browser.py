"""A browser, as far as sign-ins go: cookies with their attributes, redirects, and the headers that say where a request comes from."""
import http.client
import re
import urllib.parse


class Page:
    """What a browser got: `status`, `headers` (http.client's, with `get_all`), `body` and the address it came from."""

    def __init__(self, address, answer):
        self.address, self.status, self.headers, self.body = address, answer.status, answer.headers, answer.read().decode()


class Browser:
    """Goes from page to page. Cookies are kept by host and port, so that two servers of one machine are two sites."""

    def __init__(self):
        self.cookies = {}

    @staticmethod
    def origin(address):
        parts = urllib.parse.urlsplit(address)
        return f"{parts.scheme}://{parts.netloc}"

    def request(self, method, address, body=None, is_foreign=False, **headers):
        """One request; `is_foreign` for one that a page of another site has led to, with which strict cookies are not sent."""
        parts = urllib.parse.urlsplit(address)
        jar = self.cookies.setdefault(parts.netloc, {})
        sent = [f"{name}={value}" for name, (value, attributes) in jar.items() if not (is_foreign and attributes.get("samesite") == "strict")]
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if sent:
            headers["Cookie"] = "; ".join(sent)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        try:
            connection.request(method, path or "/", body, headers)
            page = Page(address, connection.getresponse())
        finally:
            connection.close()
        for text in page.headers.get_all("Set-Cookie") or []:
            pair, *rest = [part.strip() for part in text.split(";")]
            name, value = pair.split("=", 1)
            attributes = {part.split("=")[0].lower(): part.split("=")[-1].lower() for part in rest}
            if name.startswith("__Host-"):
                assert attributes.get("path") == "/" and "secure" in attributes and "domain" not in attributes, text
            jar[name] = (value, attributes)
            if attributes.get("max-age") == "0":
                del jar[name]
        return page

    def cookie(self, address, name):
        """The value of a cookie; None where there is none."""
        return self.cookies.get(urllib.parse.urlsplit(address).netloc, {}).get(name, (None,))[0]

    def visit(self, address, until=None, is_foreign=False):
        """Opens a page and follows redirects, at most ten and not to an address that begins with `until`."""
        start = self.origin(address)
        for _ in range(10):
            if until and address.startswith(until):
                return address
            site = "cross-site" if is_foreign else "none"
            page = self.request("GET", address, is_foreign=is_foreign, Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate")
            if page.status not in (301, 302, 303, 307):
                return page
            address = urllib.parse.urljoin(address, page.headers["Location"])
            # Once another site was on the way, strict cookies stay at home.
            is_foreign = is_foreign or self.origin(address) != start
        raise AssertionError("more than ten redirects")

    def submit(self, page, until=None, **fields):
        """Fills in the only form of a page."""
        found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.body))
        found = {name: value.replace("&amp;", "&").replace("&#x27;", "'") for name, value in found.items()}
        body = urllib.parse.urlencode({**found, **fields})
        answer = self.request(
            "POST", page.address, body, Content_Type="application/x-www-form-urlencoded", Origin=self.origin(page.address),
            Referer=page.address, Sec_Fetch_Site="same-origin")
        if answer.status not in (302, 303):
            return answer
        return self.visit(urllib.parse.urljoin(page.address, answer.headers["Location"]), until)

    def post(self, address, body, **headers):
        """What a page of the same site posts by itself."""
        return self.request(
            "POST", address, body, **{"Content_Type": "application/json", "Origin": self.origin(address), "Sec_Fetch_Site": "same-origin", **headers})
