// Colours keys, strings, numbers and comments of a YAML text, and underlines the lines with problems.
#pragma once

#include <QColor>
#include <QObject>
#include <QPointer>
#include <QQuickTextDocument>
#include <QSet>
#include <QSyntaxHighlighter>
#include <QVariantList>
#include <qqmlregistration.h>

namespace kates::app {

class YamlRules;

class YamlHighlighter : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument* document READ document WRITE setDocument NOTIFY documentChanged)
    Q_PROPERTY(QColor keyColor MEMBER m_key NOTIFY colorsChanged)
    Q_PROPERTY(QColor valueColor MEMBER m_value NOTIFY colorsChanged)
    Q_PROPERTY(QColor stringColor MEMBER m_string NOTIFY colorsChanged)
    Q_PROPERTY(QColor numberColor MEMBER m_number NOTIFY colorsChanged)
    Q_PROPERTY(QColor commentColor MEMBER m_comment NOTIFY colorsChanged)
    Q_PROPERTY(QColor problemColor MEMBER m_problem NOTIFY colorsChanged)
    Q_PROPERTY(QVariantList problems READ problems WRITE setProblems NOTIFY problemsChanged) // maps {line, …}: underlined
public:
    explicit YamlHighlighter(QObject* parent = nullptr);
    ~YamlHighlighter() override;

    QQuickTextDocument* document() const { return m_document; }
    void setDocument(QQuickTextDocument* document);

    QVariantList problems() const { return m_problems; }
    void setProblems(const QVariantList& problems);

signals:
    void documentChanged();
    void problemsChanged();
    void colorsChanged();

private:
    friend class YamlRules;
    QPointer<QQuickTextDocument> m_document;
    QPointer<QSyntaxHighlighter> m_rules; // belongs to the document
    QColor m_key, m_value, m_string, m_number, m_comment, m_problem;
    QVariantList m_problems;
    QSet<int> m_problemLines; // from 0
};

} // namespace kates::app
