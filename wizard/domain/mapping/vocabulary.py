"""The words of field names in Danish, Dutch, English, German, Norwegian and Swedish, by what they mean.

A new word goes behind its meaning, in any spelling: upper and lower case, umlauts and spaces make no difference, and a
compound needs no entry where its parts have one. A meaning may stand for two: `visit address`. Words of `other` are
known to have no field in SuperOffice, so a name with one of them is nothing's.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # What a field holds; several words that are one term are written together.
    "name": "name naam navn namn nom designation bezeichnung benaming benevnelse betegnelse benämning",
    "number": "number no nr num numero nummer numer",
    "code": "code kode kod kennung kürzel kennzeichen codes",
    "ref": "ref reference referenz referentie referanse referens",
    "id": "id identifier identification identifikation identifikasjon ident identnummer",
    "address": "addresses adressen adresser adres address addr adr adresse adress anschrift addresse",
    "line": "line linje lijn regel zeile rad",
    "street": """streets street streetname road straße str straat gate gade vei vej gata väg gatuadress
        straatnaam straßenname gatenavn gadenavn vejnavn""",
    "visit address": "streetaddress gateadresse gadeadresse straßenadresse straatadres",
    "house": """housenumber houseno huisnummer huisnr hausnummer hausnr husnummer husnr streetnumber streetno
        buildingnumber""",
    "addition": "addition zusatz supplement toevoeging addresssuffix appartement apartment apt suite tillegg",
    "zip": """postalzip zip zipcode postcode postalcode postnummer postnr postkode postleitzahl plz pcode
        postkod postnumret zippostalcode""",
    "city": """postalarea postalplace postplace posttown postcity city town stad stadt ort postort poststed
        postby sted plaats woonplaats plaatsnaam by bynavn ortschaft wohnort stedsnavn ville
        vestigingsplaats locality""",
    "state": """område områden områder gebied countrysubdivision countrysubdivisioncode regionen state province
        region bundesland provinz provins provincie kanton canton fylke län landskap delstat staat stat
        landsdel regio stateprovince""",
    "county": "county grafschaft graafschap",
    "country": "lande lands landes länder nation countries landkode country land landet staatland pays landenavn",
    "phone": """phones phonenumbers telephones switchboard växel phone telephone tel tlf telefon telefoon tlfnr
        telnr fon rufnummer phoneno telefonnr telefoonnr telefonnummer telefoonnummer""",
    "mobile": """mobiele mobilfunk cellular mobilephoneno mobiltlf mobile mobil mobiel mobiltelefon
        mobieltelefoon gsm handy cell cellphone mobilephone mobilnr mobilnummer""",
    "fax": "fax telefax faks faxnummer telefaks",
    "email": """emails emailaddr emailaddresses email epost emailadresse mailadresse emailaddress epostadresse
        epostadress emailadres elektroniskpost""",
    "mail": "mail",
    "web": """uri websites web website webpage websiteurl url www internet homepage webseite webside webbplats
        webb hjemmeside hemsida nettside nettsted nettadresse webadresse webadres internetadresse
        worldwideweb websted startseite""",
    "vat number": """uidnr taxregistrationnumber taxregistrationno vatregistrationid vatregnumber vatregnr vatid
        vatidnr vatidentificationnumber btwid vatregistration momsregistrering umsatzsteueridentnummer
        umsatzsteueridnr vatno vatnr vatregno vatregistrationno vatregistrationnumber btwnr btwnummer
        btwidentificatienummer ustid ustidnr ustidnummer ustident uidnummer umsatzsteuerid
        umsatzsteueridentifikationsnummer mvanr mvanummer momsnr momsnummer momsregnr
        momsregistreringsnummer momsregistreringsnr taxregno steuernummerust senummer senr""",
    "vat org number": "secvrnr cvrsenr cvrsenummer secvrnummer",
    "vat": "vat btw mva moms ust umsatzsteuer mwst mehrwertsteuer tva merverdiavgift mervärdesskatt omzetbelasting",
    "eu": "eu eg ec",
    "tax": "tax steuer skatt skatte belasting fiscaal fiscal",
    "org number": """orgnummer orgnumber organisasjonsnummeret foretaksnr firmenbuchnummer businessid
        corporateidentificationnumber companyregistry registrationid companyid companyregistration
        handelsregister kvknumber companyregistrationid corporateidno organisasjonsid orgnr orgno
        organizationnumber organisationnumber organisationsnummer organisasjonsnummer organisasjonsnr
        organisationsnr organisationno organizationno kvk kvknr kvknummer kamervankoophandel nummerkvk
        cvr cvrnr cvrnummer cvrno handelsregisternummer handelsregisternr registernummer hrnummer
        companyregistrationnumber companyregistrationno companyregno registrationnumber registrationno
        corporateidentitynumber corporateid companynumber companyno foretaksnummer bedriftsnummer
        ondernemingsnummer chamberofcommerce cocnumber chamberofcommercenumber organisationid
        organizationid virksomhedsnummer firmanummerhandelsregister""",
    "first": "firstname forename givenname voornaam vorname fornavn förnamn prenom rufname",
    "middle": "tussenvoegsel infix middlename mellomnavn mellemnavn mellannamn tussennaam zweitername mellemnamn",
    "last": "lastname surname familyname achternaam nachname familienname etternavn efternavn efternamn familienavn",
    "title": "title titel tittel",
    "position": """yrke beroep position jobtitle jobfunction functie funktion function funksjon stilling befattning
        poste functietitel beruf rolle role jobposition jobtitledescription stillingsbetegnelse
        yrkestitel functieomschrijving""",
    "birth": """gebdatum birth birthdate birthday dateofbirth geboortedatum geburtsdatum geburtstag fødselsdato
        födelsedatum fødselsdag""",
    "category": "category categorie kategorie kategori categories klassifizierung classification klassifikation",
    "class": "class klasse klass classificatie klassifisering klassificering klassifikasjon",
    "type": "type typ art soort slag",
    "group": "group groep gruppe grupp",
    "industry": """industry branche bransje bransch industri industrie sector sektor businesssector lineofbusiness
        wirtschaftszweig bedrijfstak næring næringskode branchekode bransjekode branschkod businesstype
        industrysector industrycode sbi nace""",
    "department": "department afdeling abteilung avdeling avdelning dept",
    "description": "omschrijving description beschreibung beskrivelse beskrivning beschrijving projektbeschreibung",
    "note": """comment comments remarks bemerkung opmerking kommentar kommentarer note notes notiz notizen
        notat notater notities anteckningar noter notitie anteckning""",
    "public": "public öffentliche openbare offentlig offentlige",
    "end date": """afslutningsdato avslutningsdato avslutningsdatum færdigdato ferdigdato fertigstellungsdatum
        opleverdatum enddate einddatum enddatum endedatum sluttdato slutdato slutdatum finishdate
        endingdate projectend""",
    "due date": """duedate due deadline fälligkeitsdatum vervaldatum forfallsdato förfallodatum betalingsfrist
        frist fälligkeit tidsfrist""",
    "end": "end ende slut slutt eind einde finish",
    "date": "date datum dato",
    # Whose it is, and which of several.
    "customer": """customers clients debtors klanten kunder debitorer debiteuren kd kdn customer client kunde
        kunden kund klant debitor debiteur debtor debitoren afnemer cust kundens""",
    "supplier": """suppliers vendors creditors leveranciers leverandører leverantörer crediteuren kreditorer
        supplier vendor creditor leverancier lieferant lieferanten leverandør leverantör crediteur
        kreditor kreditoren fournisseur lief lev leverandøren""",
    "company": """companies organizations organisations bedrijven organization bolag bedrift selskab selskap
        enterprise gesellschaft virksomheds company firma bedrijf unternehmen firmen företag foretak
        virksomhed organisatie organisation business""",
    "partner": """partners relations relaties relasjon card parter relation relatie geschäftspartner
        businesspartner bp thirdparty tredjepart partner organisasjon""",
    "account": "accounts account acct",
    "ledger": "konto rekening",
    "project": "projects projekte projecten prosjekter projekter project projekt prosjekt",
    "person": "persons personer people person persoon personen employee",
    "contact": """contactpersons kontaktpersoner contactpersonen contacten kontakte kontakter contact contacts
        contactperson kontakt kontaktperson contactpersoon ansprechpartner kontaktpersonen
        kontaktpersonens""",
    "postal": "utdelnings utdelning postal post mailing correspondence korrespondenz postbus",
    "visit": """visiting visit visitor besøk besøks besuch besuchs besök besöks bezoek bezoeks vestiging
        vestigings physical fysiek location site forretnings""",
    "delivery": """shipto despatch delivery shipping ship shipment lieferung liefer versand levering leverings
        leverans aflever verzend afleverings forsendelse forsendelses""",
    "invoice": "invoice billing billto bill rechnung rechnungs faktura fakturerings factuur invoicing fakturering",
    "work": """work werk arbeid arbejde arbete zakelijk zakelijke dienstlich geschäftlich geschäftl arbeit jobb
        prof office kantoor kontor büro""",
    "direct": "landline festnetz fastnet fasttelefon vast vaste direct direkt direkte durchwahl doorkies direktnummer",
    "private": "private privat privé home persönlich persoonlijk persoonlijke personal pers perso hjem hem thuis",
    "main": "main primary default standard general allgemein algemeen hoofd haupt hoved huvud primär primær primair",
    "second": "alternative alternate secondary second other another annan anden annen andere andre weitere",
    "planned": "planned expected estimated planlagt planerat gepland geplant geplantes verwacht forventet",
    "other": """bank iban bic swift price preis pris prijs discount rabatt rabat korting currency währung valuta
        payment zahlung betaling betalning credit kredit krediet bei at language sprache språk sprog
        taal order ordre bestelling quote reminder mahnung parent search such zoek søk sök alias legal""",
    # Words that add nothing.
    "": """field felt feld veld fält text tekst value iso freeform federal of the von van der des de den fk
        and und og och en for för für i in""",
}
"""By meaning, the words for it."""

LINKS = ("s", "n", "en", "e", "es", "er")
"""What stands between the parts of a compound."""
