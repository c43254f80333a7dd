package graph

// This file says which keys of CCUBE's rows each field of the graph is made from. A field that is not listed is made from
// the id, or costs a call of its own; a test holds that every field of the schema is one or the other.

import "github.com/ccube-graphql/ccube-graphql/internal/ccube"

// Keys of the types that are not rows: what a query wants to know of a page.
const (
	wantTotal ccube.Keys = 1 << iota
	wantNext
)

// fields are the keys by type and field.
var fields = map[string]map[string]ccube.Keys{
	"Project": {
		"name": ccube.ProjectName, "number": ccube.ProjectNumber, "reference": ccube.ProjectReference,
		"status": ccube.ProjectStatus, "stage": ccube.ProjectStage, "workType": ccube.ProjectWorkType,
		"propertyType": ccube.ProjectPropertyType, "communicationStatus": ccube.ProjectCommunicationStatus,
		"workStart": ccube.ProjectWorkStart, "workEnd": ccube.ProjectWorkEnd, "callNotes": ccube.ProjectCallNotes,
		"externalId": ccube.ProjectExternalID, "workflowId": ccube.ProjectWorkflowID,
		"buildingId": ccube.ProjectBuildingID, "building": ccube.ProjectBuildingID, "client": ccube.ProjectClient,
		"address": ccube.ProjectAddress, "createdAt": ccube.ProjectCreatedAt, "updatedAt": ccube.ProjectUpdatedAt,
	},
	"Quote": {
		"number": ccube.QuoteNumber, "title": ccube.QuoteTitle, "description": ccube.QuoteDescription,
		"terms": ccube.QuoteTerms, "status": ccube.QuoteStatus, "subtotal": ccube.QuoteSubtotal,
		"quotedTotal": ccube.QuoteQuotedTotal, "externalId": ccube.QuoteExternalID,
		"projectId": ccube.QuoteProjectID, "project": ccube.QuoteProjectID, "clientId": ccube.QuoteClientID,
		"createdAt": ccube.QuoteCreatedAt, "updatedAt": ccube.QuoteUpdatedAt,
	},
	"Invoice": {
		"number": ccube.InvoiceNumber, "fullNumber": ccube.InvoiceFullNumber, "subject": ccube.InvoiceSubject,
		"description": ccube.InvoiceDescription, "terms": ccube.InvoiceTerms, "status": ccube.InvoiceStatus,
		"issueDate": ccube.InvoiceIssueDate, "dueDate": ccube.InvoiceDueDate, "paidOn": ccube.InvoicePaidOn,
		"externalId": ccube.InvoiceExternalID, "projectId": ccube.InvoiceProjectID, "project": ccube.InvoiceProjectID,
		"clientId": ccube.InvoiceClientID, "estimatorId": ccube.InvoiceEstimatorID,
		"estimator": ccube.InvoiceEstimatorID, "isCredit": ccube.InvoiceIsCredit, "subtotal": ccube.InvoiceSubtotal,
		"tax1Rate": ccube.InvoiceTax1Rate, "tax2Rate": ccube.InvoiceTax2Rate, "tax1Amount": ccube.InvoiceTax1Amount,
		"tax2Amount": ccube.InvoiceTax2Amount, "total": ccube.InvoiceTotal, "paidTotal": ccube.InvoicePaidTotal,
		"balance": ccube.InvoiceBalance, "isOverdue": ccube.InvoiceDueDate | ccube.InvoiceBalance,
		"lines": ccube.InvoiceLines, "createdAt": ccube.InvoiceCreatedAt, "updatedAt": ccube.InvoiceUpdatedAt,
	},
	"WorkOrder": {
		"number": ccube.WorkOrderNumber, "subject": ccube.WorkOrderSubject, "description": ccube.WorkOrderDescription,
		"issueDate": ccube.WorkOrderIssueDate, "startDate": ccube.WorkOrderStartDate, "endDate": ccube.WorkOrderEndDate,
		"externalId": ccube.WorkOrderExternalID, "projectId": ccube.WorkOrderProjectID,
		"project": ccube.WorkOrderProjectID, "createdAt": ccube.WorkOrderCreatedAt, "updatedAt": ccube.WorkOrderUpdatedAt,
	},
	"PurchaseOrder": {
		"number": ccube.PurchaseOrderNumber, "description": ccube.PurchaseOrderDescription,
		"expectedStart": ccube.PurchaseOrderExpectedStart, "externalId": ccube.PurchaseOrderExternalID,
		"projectId": ccube.PurchaseOrderProjectID, "project": ccube.PurchaseOrderProjectID,
		"createdAt": ccube.PurchaseOrderCreatedAt, "updatedAt": ccube.PurchaseOrderUpdatedAt,
	},
	"Note": {
		"body": ccube.NoteBody, "notableType": ccube.NoteNotableType, "notableId": ccube.NoteNotableID,
		"notable": ccube.NoteNotableType | ccube.NoteNotableID, "createdById": ccube.NoteCreatedByID,
		"createdBy": ccube.NoteCreatedByID, "createdAt": ccube.NoteCreatedAt, "updatedAt": ccube.NoteUpdatedAt,
	},
	"Party": {
		"name": ccube.PartyName, "type": ccube.PartyTypeKey, "firstName": ccube.PartyFirstName,
		"lastName": ccube.PartyLastName, "addresses": ccube.PartyAddresses, "phones": ccube.PartyPhones,
		"emails": ccube.PartyEmails,
	},
	"User": {
		"email": ccube.UserEmail, "name": ccube.UserName, "givenName": ccube.UserGivenName,
		"familyName": ccube.UserFamilyName, "role": ccube.UserRole, "suspended": ccube.UserSuspended,
		"currentSignInAt": ccube.UserCurrentSignInAt, "lastSignInAt": ccube.UserLastSignInAt,
		"createdAt": ccube.UserCreatedAt, "updatedAt": ccube.UserUpdatedAt,
	},
	"Stage": {
		"name": ccube.StageName, "workflowId": ccube.StageWorkflowID,
		"previousSteps": ccube.StagePreviousSteps, "nextSteps": ccube.StageNextSteps,
	},
	"WorkType": {
		"name": ccube.WorkTypeName, "value": ccube.WorkTypeValue, "position": ccube.WorkTypePosition,
		"type": ccube.WorkTypeType,
	},
	"CommunicationStatus": {
		"name": ccube.CommunicationStatusName, "value": ccube.CommunicationStatusValue,
		"position": ccube.CommunicationStatusPosition, "isFirst": ccube.CommunicationStatusIsFirst,
		"isLast": ccube.CommunicationStatusIsLast, "type": ccube.CommunicationStatusType,
	},
	"Client": {
		"id": ccube.EmbeddedID, "name": ccube.EmbeddedName, "email": ccube.ClientEmail, "phone": ccube.ClientPhone,
		"party": ccube.EmbeddedID,
	},
	"PageInfo": {"hasNextPage": wantNext},

	"ProjectConnection": page, "QuoteConnection": page, "InvoiceConnection": page, "WorkOrderConnection": page,
	"PurchaseOrderConnection": page, "NoteConnection": page, "PartyConnection": page, "UserConnection": page,
}

// page is what every connection tells of its list.
var page = map[string]ccube.Keys{"totalCount": wantTotal}

// clientKeys are the keys that a row's client is made from: its id alone, and all else of it.
var clientKeys = map[string]struct{ id, rest ccube.Keys }{
	"Quote":   {ccube.QuoteClientID, ccube.QuoteClient},
	"Invoice": {ccube.InvoiceClientID, ccube.InvoiceClient},
}
