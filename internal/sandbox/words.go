package sandbox

import "strings"

// The vocabulary of the generated people and places. Emails are at reserved domains, so that nothing sent to them
// arrives anywhere.

var firstNames = []string{
	"Geneviève", "Mathis", "Émilie", "Étienne", "Chloé", "Benoît", "Joëlle", "François", "Maïka", "Rémi", "Noémie",
	"Hélène", "Jérôme", "Océane", "Loïc", "Anaïs", "Frédéric", "Mélanie", "Sébastien", "Véronique", "Stéphane",
	"Marie-Ève", "Jean-François", "Karine", "Guillaume", "Amélie", "Raphaël", "Zoé", "Thérèse", "Gaétan", "Aïcha",
	"Minh", "Carlos", "Fatima", "Olivier", "Sylvie", "Normand", "Ginette", "Yannick", "Maude",
}

var lastNames = []string{
	"Tremblay", "Gagnon", "Côté", "Bélanger", "Lévesque", "Bouchard", "Gauthier", "Morin", "Lavoie", "Fortin",
	"Gagné", "Ouellet", "Pelletier", "Bergeron", "Leblanc", "Paquette", "Girard", "Simard", "Boucher", "Caron",
	"Beaulieu", "Cloutier", "Dubé", "Poirier", "Fournier", "Lapointe", "Leclerc", "Lefebvre", "Poulin", "Thibault",
	"St-Pierre", "Nadeau", "Martel", "Landry", "Bédard", "Hébert", "Desjardins", "Vézina", "Nguyen", "Benali",
	"Lachance", "O'Neil", "Séguin", "Théberge", "Audet", "Charbonneau", "Deschênes", "Grégoire",
}

var companyKinds = []string{
	"Habitations", "Gestion", "Immeubles", "Groupe", "Boulangerie", "Garage", "Pharmacie", "Coopérative", "Clinique",
	"Entrepôts", "Marché", "Constructions", "Ferme", "Hôtel", "Résidence",
}

var supplierKinds = []string{
	"Distribution électrique", "Matériaux", "Quincaillerie", "Toitures et bardeaux", "Location d'outils", "Éclairage",
}

var companyForms = []string{"inc.", "ltée", "S.E.N.C.", "et Fils inc.", "enr."}

var streets = []string{
	"rue Saint-Denis", "rue Principale", "boulevard René-Lévesque", "avenue du Mont-Royal", "rue Notre-Dame Est",
	"chemin Sainte-Foy", "rue de l'Église", "boulevard Laurier", "rue des Érables", "chemin du Roy", "rang Saint-Joseph",
	"avenue Cartier", "rue Sherbrooke Ouest", "boulevard Curé-Labelle", "rue King Ouest", "montée Masson",
	"rue de la Fabrique", "avenue Bégin", "côte des Neiges", "rue Saint-Jean-Baptiste", "place d'Youville",
}

// city is a place with its area code and the beginning of its postal codes.
type city struct{ name, area, postal string }

var cities = []city{
	{"Montréal", "514", "H2X"}, {"Québec", "418", "G1R"}, {"Laval", "450", "H7N"}, {"Longueuil", "450", "J4K"},
	{"Gatineau", "819", "J8X"}, {"Sherbrooke", "819", "J1H"}, {"Trois-Rivières", "819", "G9A"}, {"Lévis", "418", "G6V"},
	{"Saguenay", "418", "G7H"}, {"Terrebonne", "450", "J6W"}, {"Saint-Jérôme", "450", "J7Z"}, {"Montréal", "514", "H1Y"},
	{"Drummondville", "819", "J2B"}, {"Rimouski", "418", "G5L"}, {"Repentigny", "450", "J6A"}, {"Montréal", "514", "H4C"},
}

// plain takes the accents and punctuation out of a name, for emails.
var plain = strings.NewReplacer(
	"é", "e", "è", "e", "ê", "e", "ë", "e", "É", "e", "à", "a", "â", "a", "î", "i", "ï", "i", "ô", "o", "ö", "o",
	"ç", "c", "û", "u", "ü", "u", "ñ", "n", "'", "", " ", "-", ".", "",
)

func mailName(s string) string { return strings.ToLower(plain.Replace(s)) }
