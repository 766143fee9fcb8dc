<?xml version="1.0" encoding="UTF-8"?>
<!-- Czytelny widok karty, katalogu urzędu i katalogu zdarzeń w przeglądarce. Dane bez zmian stoją w dokumencie XML. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:ku="https://okienko.example/xml/wzor/karta-uslugi/2026/11/25/"
  xmlns:str="http://crd.gov.pl/xml/schematy/struktura/2009/11/16/"
  xmlns:inst="http://crd.gov.pl/xml/schematy/instytucja/2009/11/16/"
  xmlns:adr="http://crd.gov.pl/xml/schematy/adres/2009/11/09/"
  exclude-result-prefixes="ku str inst adr">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <xsl:template match="/ku:Dokument">
    <html lang="pl">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:value-of select="ku:DaneDokumentu/str:Naglowek/str:NazwaDokumentu"/></title>
        <link rel="stylesheet" href="/xml/wzor/karta-uslugi/2026/11/25/styl.css"/>
      </head>
      <body><main><xsl:apply-templates select="ku:TrescDokumentu/*"/></main></body>
    </html>
  </xsl:template>

  <!-- Katalogi -->

  <xsl:template match="ku:KatalogUslug">
    <h1><xsl:value-of select="ku:Uslugodawca/inst:Instytucja/inst:NazwaInstytucji"/></h1>
    <p class="symbol"><xsl:value-of select="ku:Uslugodawca/inst:Instytucja/adr:Adres/adr:Uwagi"/></p>
    <h2>Karty usług (<xsl:value-of select="count(ku:KartaUslugi)"/>)</h2>
    <ul>
      <xsl:for-each select="ku:KartaUslugi">
        <li><xsl:value-of select="ku:Nazwa"/> <span class="symbol"> – <xsl:value-of select="ku:Symbol"/></span></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="ku:KatalogZdarzen">
    <h1>Zdarzenia życiowe</h1>
    <xsl:for-each select="ku:Zdarzenie">
      <h2><xsl:value-of select="ku:Nazwa"/></h2>
      <xsl:apply-templates select="ku:Opis/ku:Akapit"/>
      <xsl:for-each select="ku:Etap">
        <h3><xsl:value-of select="ku:Nazwa"/></h3>
        <ol>
          <xsl:for-each select="ku:Krok">
            <li>
              <xsl:value-of select="ku:Usluga"/>
              <span class="symbol"> – <xsl:value-of select="ku:NazwaRealizujacego"/></span>
              <xsl:if test="ku:Warunek"> (<xsl:value-of select="ku:Warunek"/>)</xsl:if>
            </li>
          </xsl:for-each>
        </ol>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <!-- Karta -->

  <xsl:template match="ku:KartaUslugi">
    <h1><xsl:value-of select="ku:Nazwa"/></h1>
    <p class="symbol">
      <xsl:value-of select="ku:Symbol"/>, <xsl:value-of select="ku:NazwaUrzedowa"/>
      <xsl:if test="ku:Uslugodawca"><br/><xsl:value-of select="ku:Uslugodawca/inst:Instytucja/inst:NazwaInstytucji"/></xsl:if>
    </p>
    <xsl:apply-templates select="ku:OpisOgolny/ku:Akapit"/>
    <xsl:apply-templates select="ku:InformacjeUrzedu | ku:KogoDotyczy | ku:KiedyZalatwic | ku:ZanimZaczniesz"/>
    <xsl:apply-templates select="ku:MiejsceZlozenia | ku:WlasciwoscMiejscowa | ku:PunktObslugi"/>
    <xsl:apply-templates select="ku:WymaganeDokumenty | ku:Formularze | ku:Etapy | ku:Oplaty | ku:Zwolnienia"/>
    <xsl:apply-templates select="ku:TerminZlozenia | ku:TerminZalatwienia | ku:Rezultat | ku:SposobOdbioru | ku:TrybOdwolawczy"/>
    <xsl:apply-templates select="ku:SkutekNiezalatwienia | ku:NajczestszeBledy | ku:SzczegolnePotrzeby | ku:PodstawaPrawna | ku:KlauzulaRODO"/>
    <p class="nota">
      Stan prawny na: <xsl:value-of select="ku:StanPrawnyNa"/>.
      Wersja <xsl:value-of select="ku:NumerWersji"/>, obowiązuje od <xsl:value-of select="ku:ObowiazujeOd"/>.
    </p>
  </xsl:template>

  <xsl:template match="ku:Akapit"><p><xsl:value-of select="."/></p></xsl:template>

  <xsl:template match="ku:KogoDotyczy"><h2>Kto może załatwić</h2><xsl:apply-templates select="ku:Akapit"/></xsl:template>
  <xsl:template match="ku:KiedyZalatwic"><h2>Kiedy</h2><xsl:apply-templates select="ku:Akapit"/></xsl:template>
  <xsl:template match="ku:SposobOdbioru"><h2>Odbiór</h2><xsl:apply-templates select="ku:Akapit"/></xsl:template>
  <xsl:template match="ku:SkutekNiezalatwienia"><h2>Co, jeśli tego nie zrobisz</h2><xsl:apply-templates select="ku:Akapit"/></xsl:template>
  <xsl:template match="ku:KlauzulaRODO"><h2>Klauzula RODO</h2><xsl:apply-templates select="ku:Akapit"/></xsl:template>
  <xsl:template match="ku:InformacjeUrzedu"><h2>Informacje tego urzędu</h2><xsl:call-template name="lista"/></xsl:template>
  <xsl:template match="ku:ZanimZaczniesz"><h2>Zanim zaczniesz</h2><xsl:call-template name="lista"/></xsl:template>
  <xsl:template match="ku:Zwolnienia"><h2>Zwolnienia i zniżki</h2><xsl:call-template name="lista"/></xsl:template>
  <xsl:template match="ku:NajczestszeBledy"><h2>Najczęstsze błędy</h2><xsl:call-template name="lista"/></xsl:template>
  <xsl:template match="ku:WlasciwoscMiejscowa"><h2>Właściwość miejscowa</h2><p><xsl:value-of select="."/></p></xsl:template>

  <xsl:template name="lista">
    <ul><xsl:for-each select="*"><li><xsl:call-template name="lokalna"/><xsl:value-of select="."/></li></xsl:for-each></ul>
  </xsl:template>

  <xsl:template name="lokalna"><xsl:if test="@lokalna = 'true'"><xsl:attribute name="class">lokalna</xsl:attribute></xsl:if></xsl:template>

  <xsl:template match="ku:MiejsceZlozenia">
    <h2>Gdzie i jak załatwić</h2>
    <ul>
      <xsl:for-each select="ku:Sposob">
        <li>
          <xsl:call-template name="lokalna"/>
          <xsl:value-of select="@rodzaj"/>
          <xsl:if test="@dostepny = 'false'"> – niedostępne</xsl:if>
          <xsl:for-each select="*">: <xsl:value-of select="."/></xsl:for-each>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="ku:PunktObslugi">
    <h2>Punkt obsługi</h2>
    <p><xsl:value-of select="ku:Nazwa"/>, <xsl:value-of select="ku:Adres"/></p>
  </xsl:template>

  <xsl:template match="ku:WymaganeDokumenty">
    <h2>Dokumenty</h2>
    <table>
      <tr><th scope="col">Dokument</th><th scope="col">Wymagany</th><th scope="col">Postać</th></tr>
      <xsl:for-each select="ku:WymaganyDokument">
        <tr>
          <td><xsl:value-of select="ku:Nazwa"/><xsl:if test="ku:Uwaga"><br/><span class="nota"><xsl:value-of select="ku:Uwaga"/></span></xsl:if></td>
          <td><xsl:value-of select="@wymagany"/><xsl:if test="ku:Warunek">: <xsl:value-of select="ku:Warunek"/></xsl:if></td>
          <td><xsl:value-of select="ku:Postac"/></td>
        </tr>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template match="ku:Formularze">
    <h2>Formularze</h2>
    <ul><xsl:for-each select="ku:Formularz"><li><xsl:call-template name="lokalna"/><xsl:value-of select="@symbol"/>: <xsl:value-of select="ku:Tytul"/></li></xsl:for-each></ul>
  </xsl:template>

  <xsl:template match="ku:Etapy">
    <h2>Krok po kroku</h2>
    <ol>
      <xsl:for-each select="ku:Etap">
        <li>
          <xsl:call-template name="lokalna"/>
          <strong><xsl:value-of select="@wykonawca"/>:</strong><xsl:text> </xsl:text><xsl:value-of select="ku:Opis"/>
          <xsl:if test="ku:CzasTrwania"> (<xsl:value-of select="ku:CzasTrwania"/>)</xsl:if>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:template>

  <xsl:template match="ku:Oplaty">
    <h2>Ile kosztuje</h2>
    <ul>
      <xsl:for-each select="ku:Oplata">
        <li>
          <xsl:call-template name="lokalna"/>
          <xsl:value-of select="@rodzaj"/>:
          <xsl:choose>
            <xsl:when test="ku:Kwota"><xsl:value-of select="ku:Kwota"/><xsl:text> </xsl:text><xsl:value-of select="ku:Waluta"/></xsl:when>
            <xsl:otherwise>według cennika urzędu</xsl:otherwise>
          </xsl:choose>
          <xsl:if test="ku:Warunek">, <xsl:value-of select="ku:Warunek"/></xsl:if>
          <xsl:if test="ku:RachunekBankowy"><br/>rachunek <xsl:value-of select="ku:RachunekBankowy"/><xsl:if test="ku:WlascicielRachunku">, <xsl:value-of select="ku:WlascicielRachunku"/></xsl:if></xsl:if>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="ku:TerminZlozenia"><h2>Termin dla ciebie</h2><xsl:call-template name="terminy"/></xsl:template>
  <xsl:template match="ku:TerminZalatwienia"><h2>Ile czeka się na załatwienie</h2><xsl:call-template name="terminy"/></xsl:template>
  <xsl:template name="terminy">
    <ul><xsl:for-each select="ku:Termin"><li><xsl:call-template name="lokalna"/><xsl:value-of select="ku:Opis"/><xsl:if test="ku:SkutekUchybienia"> – <xsl:value-of select="ku:SkutekUchybienia"/></xsl:if></li></xsl:for-each></ul>
  </xsl:template>

  <xsl:template match="ku:Rezultat">
    <h2>Co otrzymasz</h2>
    <p><xsl:value-of select="ku:Opis"/><xsl:if test="ku:Waznosc"> Ważność: <xsl:value-of select="ku:Waznosc"/>.</xsl:if></p>
  </xsl:template>

  <xsl:template match="ku:TrybOdwolawczy">
    <h2>Jak się odwołać</h2>
    <xsl:for-each select="ku:SrodekOdwolawczy"><p><xsl:value-of select="ku:Opis"/></p></xsl:for-each>
  </xsl:template>

  <xsl:template match="ku:SzczegolnePotrzeby">
    <h2>Szczególne potrzeby</h2>
    <ul><xsl:for-each select="ku:Dostosowanie"><li><xsl:call-template name="lokalna"/><xsl:value-of select="@grupa"/>: <xsl:value-of select="."/></li></xsl:for-each></ul>
  </xsl:template>

  <xsl:template match="ku:PodstawaPrawna">
    <h2>Podstawa prawna</h2>
    <ul><xsl:for-each select="ku:Akt"><li><xsl:value-of select="ku:Tytul"/><xsl:for-each select="ku:JednostkaRedakcyjna">, <xsl:value-of select="."/></xsl:for-each><xsl:if test="ku:Publikacja"> (<xsl:value-of select="ku:Publikacja"/>)</xsl:if></li></xsl:for-each></ul>
  </xsl:template>
</xsl:stylesheet>
