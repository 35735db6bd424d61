extension ContextWords {
    /// Phrases by the kind of value that follows them; without accents, comma-separated.
    static let kindPhrases: [(RedactionKind, String)] = [
        (
            .card,
            """
            card,cards,card number,credit card,debit card,bank card,visa,visa card,mastercard,master card,amex,
            american express,maestro,diners,diners club,jcb,unionpay,
            karte,kreditkarte,kreditkartennummer,kartennummer,bankkarte,debitkarte,ec karte,girokarte,girocard,
            carte,carte bancaire,carte bleue,carte de credit,numero de carte,
            tarjeta,tarjeta de credito,numero de tarjeta,carta di credito,creditcard,bankpas,kaart,kaartnummer,crd
            """
        ),
        (.cvv, "cvv,cvc,cvv2,cvc2,card verification,prufziffer,cryptogramme"),
        (.iban, "iban"),
        (
            .bankAccount,
            """
            bank account,bank account number,bank acct,bnk acct,checking account,savings account,routing,routing number,
            rtng,sort code,sortcode,bank details,kontonummer,bankleitzahl,blz,compte bancaire,numero de compte,
            cuenta bancaria,numero de cuenta,conto corrente,rekeningnummer,bankrekening
            """
        ),
        (
            .nationalID,
            """
            ssn,social security,social security number,social,itin,national id,national identity,national insurance,nino,
            ni number,identity card,identity number,id card,personalausweis,ausweisnummer,
            sozialversicherungsnummer,dni,nie,nif,securite sociale,numero de securite sociale,insee,
            carte d identite,carte nationale,cedula,bsn,burgerservicenummer,sofinummer,carta d identita,aadhaar,aadhar,
            social insurance,pesel,personnummer,cpr,nhs number,medicare number,voter id,visa number,vsa,visa id,ahv
            """
        ),
        (
            .taxID,
            """
            tax id,tax number,tax identification,tax identification number,taxpayer id,ein,tin,steuer id,steuernummer,
            steueridentifikationsnummer,steuerid,steuer identifikationsnummer,idnr,codice fiscale,partita iva,
            numero fiscal,tx id
            """
        ),
        (
            .passport,
            "passport,passport number,pas port,reisepass,reisepassnummer,passeport,pasaporte,passaporto,paspoort"
        ),
        (
            .driverLicence,
            """
            driver license,driver licence,drivers license,drivers licence,driver s license,driver s licence,
            driving license,driving licence,dl number,license number,licence number,fuhrerschein,fuhrerscheinnummer,
            permis de conduire,permiso de conducir,carnet de conducir,patente di guida,rijbewijs
            """
        ),
        (
            .phone,
            """
            phone,phone number,telephone,tel,mobile,mobile number,cell,cell number,cellphone,call me at,call me on,
            reach me at,reach me on,text me at,text me on,contact number,call back,callback,callback number,whatsapp,fax,
            ph,my number,emergency contact,telefon,telefonnummer,handy,handynummer,mobilnummer,ruckruf,ruckrufnummer,
            portable,numero de telephone,telefono,movil,celular,cellulare,telefoon,telefoonnummer,mobiel
            """
        ),
        (.email, "email,e mail,mail,mail address,email address,correo,courriel,eml"),
        (.ip, "ip,ip address,ip adresse,adresse ip"),
        (.imei, "imei"),
        (
            .password,
            """
            password,passwords,passwort,kennwort,passcode,passphrase,login pass,my pass,wifi pass,user pass,pwd,passwd,pw,mot de passe,contrasena,
            wachtwoord,senha,network key,wifi key,wi fi key
            """
        ),
        (.pin, "pin,geheimzahl,code pin,codice pin,pin code,pin number"),
        (
            .code,
            """
            otp,one time code,one time password,one time passcode,one time pin,verification code,security code,
            scrty cd,2fa,2fa code,2 fa,authentication code,authenticator code,login code,access code,sms code,tan,
            bestatigungscode,sicherheitscode,code de verification,code de securite,codigo de verificacion,
            codice di verifica,verificatiecode
            """
        ),
        (
            .secret,
            """
            key,ky,api key,access key,secret key,secret,token,bearer,session token,access token,auth token,private key,
            client secret,api token,authorization,credential,credentials,tkn
            """
        ),
        (.wallet, "wallet,bitcoin address,crypto address,btc,eth,ethereum address,wllt"),
        (
            .birthDate,
            """
            date of birth,birth,dob,d o b,birth date,birthdate,birthday,born on,born,geburtsdatum,geburtstag,geboren,geboren am,
            date de naissance,ne le,nee le,fecha de nacimiento,nacido el,nacida el,data di nascita,nato il,nata il,
            geboortedatum
            """
        ),
    ]

    /// Words for an account, which is a bank account if bank words precede closely.
    static let accountPhrases = "account,acct,account number,account no,acct number,konto,compte,cuenta,conto,rekening"

    /// Words that indicate that the text is about banking.
    static let bankWords = "bank,transfer,deposit,uberweisung,virement,transferencia,bonifico"

    /// Words that indicate that the text is about paying.
    static let paymentWords = """
        pay,pays,paid,paying,payment,charge,charged,debit,credit,debited,expires,expiry,zahlen,bezahlen,bezahlt,gezahlt,
        zahlung,abgebucht,abbuchen,belastet,paiement,payer,paye,pago,pagar,pagado,pagamento,pagare,pagato,betalen,betaald,
        betaling
        """

    /// Words that announce a number of the business.
    static let referencePhrases = """
        order,orders,ordernumber,invoice,tracking,ticket,case number,case id,reference,ref,booking,serial,sku,model,item,
        article,product,policy,contract,parcel,shipment,transaction,receipt,claim,version,firmware,release,build,error,
        error code,customer number,member number,promo code,discount code,voucher,gift code,ean,gtin,upc,isbn,barcode,strichcode,artikelnummer,seriennummer,paket,paketnummer,postcode,zip code,zip,
        bestellnummer,bestellung,rechnung,rechnungsnummer,sendungsnummer,auftrag,auftragsnummer,kundennummer,vorgang,
        commande,facture,colis,pedido,factura,ordine,fattura,spedizione,bestelling,factuur,klantnummer
        """

    /// Words that may stand between the context word and the value.
    static let fillers = """
        number,num,no,nr,nbr,code,cd,id,the,my,mine,it,its,s,as,of,to,for,at,on,this,that,here,address,there,
        and,set,changed,use,using,please,should,will,would,has,been,new,mein,meine,der,die,das,mon,ma,le,la,il,el,mi,mia,mijn,numero,nummer,du,de
        """

    /// Words directly followed by the value.
    static let copulas = "is,was,are,were,be,reads,says,equals,ist,lautet,war,est,es,e,era,sono"

    /// Words that follow "password is" without being a password.
    static let notPasswords: Set<UInt64> = Set(
        """
        not,now,no,on,off,in,out,the,a,an,too,so,very,just,still,also,always,never,only,my,your,our,their,his,her,this,
        that,there,here,it,what,where,which,wrong,incorrect,correct,right,invalid,valid,weak,strong,short,long,bad,good,
        fine,ok,okay,new,old,different,same,case,sensitive,required,safe,secure,unsafe,unknown,lost,gone,stolen,sent,
        kept,set,reset,to,for,from,by,with,without,at,about,after,before,because,since,if,when,why,how,and,or,but,do,
        does,is,was,are,be,been,can,could,will,would,should,must,may,might,did,has,have,had,up,down,again,already,
        supposed,temporary,default,empty,blank,missing,visible,hidden,public,private,important,necessary,mandatory,
        optional,easy,hard,simple,complex,impossible,possible,okay,broken,dead,bust,compromised,leaked,hacked,correctly,
        expired,nicht,falsch,richtig,ungultig,abgelaufen,vergessen,weg,noch,zu,ein,eine,mein,pas,incorrecto,
        incorrecta,errado,sbagliata,errata,niet,verkeerd,like,something,anything,nothing,one,me,you,we,they,i,not,
        requirement,requirements,manager,reset,please
        """.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { hash($0.utf8) }
    )
}
