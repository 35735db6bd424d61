"""Small policies, scripts and articles that differ in one number, for tests of publication."""


def model(name, limit):
    """A model whose decision `limit` returns a number."""
    return (
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="{name}" name="{name}" namespace="urn:{name}">'
        f'<inputData id="i" name="tier"><variable name="tier" typeRef="string"/></inputData>'
        '<decision id="d" name="limit"><variable name="limit" typeRef="number"/>'
        '<informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>'
        '<decisionTable id="t" hitPolicy="UNIQUE"><input id="c" label="tier"><inputExpression id="e" typeRef="string"><text>tier</text>'
        '</inputExpression></input><output id="o" name="limit"/>\n'
        f'<rule id="first"><inputEntry id="a"><text>"1"</text></inputEntry><outputEntry id="b"><text>{limit}</text></outputEntry></rule>\n'
        '<rule id="others"><inputEntry id="f"><text>not("1")</text></inputEntry><outputEntry id="g"><text>0</text></outputEntry></rule>\n'
        "</decisionTable></decision></definitions>\n")


def cases(name, limit):
    """Test cases that a model passes if tier 1 has this limit."""
    return (
        '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsd="http://www.w3.org/2001/XMLSchema"\n'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><modelName>{name}.dmn</modelName>\n'
        '<testCase id="tier-1"><inputNode name="tier"><value xsi:type="xsd:string">1</value></inputNode>'
        f'<resultNode name="limit" type="decision"><expected><value xsi:type="xsd:decimal">{limit}</value></expected></resultNode></testCase>\n'
        '<testCase id="tier-2"><inputNode name="tier"><value xsi:type="xsd:string">2</value></inputNode>'
        '<resultNode name="limit" type="decision"><expected><value xsi:type="xsd:decimal">0</value></expected></resultNode></testCase>\n'
        "</testCases>\n")


def script(name, number, extra=""):
    """A script of one sentence and an end."""
    return (f"script: {name}\ntitle: Script {number}\nstart: greet\nsteps:\n"
            f"  greet: {{say: \"Sentence {number}.\", next: done{extra}}}\n  done: {{end: resolved}}\n")


def article(name, number):
    """An article of one sentence."""
    return (f'<article xmlns="urn:frontline:knowledge:1" id="{name}"><title>Article {number}</title>'
            f'<section kind="body"><p>Sentence {number}.</p></section></article>\n')
