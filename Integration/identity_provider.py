"""An OpenID provider for tests: Django OAuth Toolkit as its authors mean it to be used, in one process on a port of this machine.

usage: identity_provider.py PORT FOLDER CALLBACK AFTER     the database is in the folder; browsers come back to the callback, and after a sign-out to
AFTER. A line says when it is ready

The people, their groups and the client are those of the sample company. `POST /control` changes what a test wants changed: the key is
replaced (`rotate`), and with `forge` the tokens that are given for codes are replaced by ones that no honest provider would give.
"""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import sys
import time
import wsgiref.simple_server

import django
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from django.conf import settings
from jwcrypto import jwk, jwt

PEOPLE = {
    "anna": (["contact-centre-agents", "desk-delivery"], "junior"), "sofia": (["contact-centre-leads", "desk-delivery"], "senior"),
    "otto": (["frontline-administrators"], "lead"), "nobody": (["visitors"], "junior"),
}
PASSWORD, CLIENT, SECRET = "correct horse", "frontline", "a secret & more"
LOGIN = """<!doctype html><form method="post">{% csrf_token %}{{ form }}<input type="hidden" name="next" value="{{ next }}"><button>Go</button></form>"""


def key():
    return jwk.JWK.generate(kty="RSA", size=2048)


class Forger:
    """Tokens that do not count, made from one that does. Each method takes the claims, the header and the issuer's key."""

    def __init__(self, signing):
        self.signing = signing

    def token(self, claims, header=None, signing=None, algorithm="RS256"):
        head = {"alg": algorithm, "typ": "JWT", "kid": self.signing.thumbprint(), **(header or {})}
        token = jwt.JWT(header=json.dumps(head), claims=json.dumps(claims))
        token.make_signed_token(signing or self.signing)
        return token.serialize()

    def signed(self, head, claims):
        """A token with a good signature over a header that the library would not write."""
        text = f"{self.part(head)}.{self.part(claims)}"
        private = serialization.load_pem_private_key(self.signing.export_to_pem(True, None), None)
        return f"{text}.{self.part(private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    @staticmethod
    def part(value):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    def forged(self, kind, claims):
        now = int(time.time())
        good = self.token(claims)
        head, body, signature = good.split(".")
        match kind:
            case "none": return f"{self.part({'alg': 'none', 'typ': 'JWT'})}.{body}."
            case "None": return f"{self.part({'alg': 'None', 'kid': self.signing.thumbprint()})}.{body}."
            case "hmac":
                head = self.part({"alg": "HS256", "kid": self.signing.thumbprint()})
                secret = self.signing.export_to_pem()
                return f"{head}.{body}.{self.part(hmac.digest(secret, f'{head}.{body}'.encode(), hashlib.sha256))}"
            case "unsigned": return f"{head}.{body}."
            case "signature": return f"{head}.{body}.{signature[:-8]}{'AAAAAAAA' if signature[-8:] != 'AAAAAAAA' else 'BBBBBBBB'}"
            case "claims": return f"{head}.{self.part({**claims, 'preferred_username': 'otto', 'groups': ['frontline-administrators']})}.{signature}"
            case "stranger": return self.token(claims, signing=key())
            case "embedded":
                own = key()
                return self.token(claims, {"jwk": json.loads(own.export_public())}, own)
            case "unknown": return self.token(claims, {"kid": "another"})
            case "critical": return self.signed({"alg": "RS256", "kid": self.signing.thumbprint(), "crit": ["exp"]}, claims)
            case "logout": return self.token(claims, {"typ": "logout+jwt"})
            case "audience": return self.token({**claims, "aud": "another-client"})
            case "issuer": return self.token({**claims, "iss": "https://id.example.com"})
            case "expired": return self.token({**claims, "iat": now - 7200, "exp": now - 3600})
            case "future": return self.token({**claims, "iat": now + 3600, "exp": now + 7200})
            case "early": return self.token({**claims, "nbf": now + 3600})
            case "nonce": return self.token({**claims, "nonce": "another"})
            case "party": return self.token({**claims, "aud": [claims["aud"], "another"], "azp": "another"})
            case "good": return good
        raise ValueError(kind)


def configure(port, folder):
    """Django's settings, all of them here."""
    first = key()
    settings.configure(
        SECRET_KEY="for tests", DEBUG=False, ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite")}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware", f"{__name__}.forge"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {
            "loaders": [("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN})]}}],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        LOGIN_URL="/login", DEFAULT_AUTO_FIELD="django.db.models.AutoField", SESSION_COOKIE_NAME="provider",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True, "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{port}/o", "PKCE_REQUIRED": True,
            "OIDC_RSA_PRIVATE_KEY": first.export_to_pem(True, None).decode(), "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator", "ALLOWED_REDIRECT_URI_SCHEMES": ["http"],
            "SCOPES": {"openid": "", "profile": "", "groups": ""}, "ID_TOKEN_EXPIRE_SECONDS": 600},
    )


def forge(respond):
    """Replaces the token that is given for a code, if a test has asked for that."""
    def middleware(request):
        response = respond(request)
        if request.path.endswith("/token/") and STATE["forge"] and response.status_code == 200:
            answer = json.loads(response.content)
            if "id_token" in answer:
                answer["id_token"] = forged(STATE["forge"], answer["id_token"])
                response.content = json.dumps(answer)
                response["Content-Length"] = str(len(response.content))
        return response
    return middleware


STATE = {"forge": None}


def forged(kind, token):
    from oauth2_provider.settings import oauth2_settings
    signing = jwk.JWK.from_pem(oauth2_settings.OIDC_RSA_PRIVATE_KEY.encode())
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return Forger(signing).forged(kind, claims)


def control(request):
    """What a test wants changed; answers a forged token where one is made from another."""
    from django.http import JsonResponse
    from oauth2_provider.settings import oauth2_settings
    wanted = json.loads(request.body)
    STATE["forge"] = wanted.get("forge")
    if wanted.get("rotate"):
        oauth2_settings.OIDC_RSA_PRIVATE_KEY = key().export_to_pem(True, None).decode()
    answer = {}
    if "token" in wanted:
        answer["token"] = forged(wanted["kind"], wanted["token"])
    return JsonResponse(answer)


def fill(callback, after):
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from oauth2_provider.models import Application
    call_command("migrate", verbosity=0)
    for name, (groups, _) in PEOPLE.items():
        person = User.objects.create_user(name, f"{name}@example.com", PASSWORD)
        person.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    Application.objects.create(
        client_id=CLIENT, client_secret=SECRET, client_type="confidential", authorization_grant_type="authorization-code",
        redirect_uris=callback, post_logout_redirect_uris=after, skip_authorization=True, algorithm="RS256", name="Frontline")


def main(port, folder, callback, after):
    configure(int(port), pathlib.Path(folder))
    django.setup()
    from django.contrib.auth.views import LoginView
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path
    from django.views.decorators.csrf import csrf_exempt
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request):
            groups = [group.name for group in request.user.groups.all()]
            return {"preferred_username": request.user.username, "groups": groups, "grade": PEOPLE[request.user.username][1]}

    module = sys.modules[__name__]
    module.Validator = Validator
    module.urlpatterns = [
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        path("login", LoginView.as_view()), path("control", csrf_exempt(control))]
    fill(callback, after)

    class Quiet(wsgiref.simple_server.WSGIRequestHandler):
        def log_message(self, *_):
            pass

    server = wsgiref.simple_server.make_server("127.0.0.1", int(port), get_wsgi_application(), handler_class=Quiet)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    sys.modules["identity_provider"] = sys.modules[__name__]
    __name__ = "identity_provider"
    main(*sys.argv[1:])
